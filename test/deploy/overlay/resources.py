"""The types of our stack that moto's CloudFormation lacks, made through the APIs of moto's own services."""

import json
from collections.abc import Callable
from typing import Any

import kind
from kind import Client, Kind, Made, Properties


def register(api: Callable[[str, str], Any]) -> None:
    for each in KINDS:
        KEPT.append(kind.register(each, api))


# Moto finds the classes by their base, which holds them weakly.
KEPT: list[type] = []


def without(properties: Properties, *names: str) -> Properties:
    return {key: value for key, value in properties.items() if key not in names}


def put_alarm(client: Client, name: str, properties: Properties) -> Made:
    client("cloudwatch").put_metric_alarm(**{**properties, "AlarmName": name})
    [alarm] = client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return Made(name, {"Arn": alarm["AlarmArn"]})


def delete_alarm(client: Client, made: Made, _: Properties) -> None:
    client("cloudwatch").delete_alarms(AlarmNames=[made.ref])


def create_schedule(client: Client, name: str, properties: Properties) -> Made:
    arn = client("scheduler").create_schedule(**{**properties, "Name": name})["ScheduleArn"]
    return Made(name, {"Arn": arn})


def update_schedule(client: Client, made: Made, properties: Properties) -> Made:
    client("scheduler").update_schedule(**{**properties, "Name": made.ref})
    return made


def delete_schedule(client: Client, made: Made, properties: Properties) -> None:
    group = {key: properties[key] for key in ("GroupName",) if key in properties}
    client("scheduler").delete_schedule(Name=made.ref, **group)


def subscribe(client: Client, _: str, properties: Properties) -> Made:
    attributes = {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in without(properties, "TopicArn", "Protocol", "Endpoint").items()
    }
    request = {key: properties[key] for key in ("TopicArn", "Protocol", "Endpoint")}
    answer = client("sns").subscribe(**request, Attributes=attributes, ReturnSubscriptionArn=True)
    return Made(answer["SubscriptionArn"])


def unsubscribe(client: Client, made: Made, _: Properties) -> None:
    client("sns").unsubscribe(SubscriptionArn=made.ref)


def put_topic_policy(client: Client, name: str, properties: Properties) -> Made:
    before = {}
    for topic in properties["Topics"]:
        attributes = client("sns").get_topic_attributes(TopicArn=topic)["Attributes"]
        before[topic] = attributes["Policy"]
        set_topic_policy(client, topic, json.dumps(properties["PolicyDocument"]))
    return Made(name, kept=before)


def set_topic_policy(client: Client, topic: str, policy: str) -> None:
    client("sns").set_topic_attributes(
        TopicArn=topic, AttributeName="Policy", AttributeValue=policy
    )


def delete_topic_policy(client: Client, made: Made, _: Properties) -> None:
    topics = {topic["TopicArn"] for topic in client("sns").list_topics()["Topics"]}
    for topic, policy in made.kept.items():
        if topic in topics:
            set_topic_policy(client, topic, policy)


def put_bucket_policy(client: Client, name: str, properties: Properties) -> Made:
    policy = json.dumps(properties["PolicyDocument"])
    client("s3").put_bucket_policy(Bucket=properties["Bucket"], Policy=policy)
    return Made(name)


def delete_bucket_policy(client: Client, _: Made, properties: Properties) -> None:
    client("s3").delete_bucket_policy(Bucket=properties["Bucket"])


def put_queue_policy(client: Client, name: str, properties: Properties) -> Made:
    policy = json.dumps(properties["PolicyDocument"])
    for queue in properties["Queues"]:
        client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
    return Made(name)


def delete_queue_policy(client: Client, _: Made, properties: Properties) -> None:
    for queue in properties["Queues"]:
        client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": ""})


def create_alias(client: Client, _: str, properties: Properties) -> Made:
    return Made(client("lambda").create_alias(**properties)["AliasArn"])


def update_alias(client: Client, made: Made, properties: Properties) -> Made:
    client("lambda").update_alias(**properties)
    return made


def delete_alias(client: Client, _: Made, properties: Properties) -> None:
    client("lambda").delete_alias(
        FunctionName=properties["FunctionName"], Name=properties["Name"]
    )


def publish_version(client: Client, _: str, properties: Properties) -> Made:
    answer = client("lambda").publish_version(**properties)
    arn, version = answer["FunctionArn"], answer["Version"]
    return Made(arn, {"FunctionArn": arn, "Version": version})


def delete_version(client: Client, made: Made, properties: Properties) -> None:
    client("lambda").delete_function(
        FunctionName=properties["FunctionName"], Qualifier=made.attributes["Version"]
    )


def create_database(client: Client, _: str, properties: Properties) -> Made:
    client("glue").create_database(**properties)
    return Made(properties["DatabaseInput"]["Name"])


def delete_database(client: Client, made: Made, _: Properties) -> None:
    client("glue").delete_database(Name=made.ref)


def create_table(client: Client, _: str, properties: Properties) -> Made:
    client("glue").create_table(**properties)
    return Made(properties["TableInput"]["Name"])


def delete_table(client: Client, made: Made, properties: Properties) -> None:
    client("glue").delete_table(DatabaseName=properties["DatabaseName"], Name=made.ref)


def create_work_group(client: Client, _: str, properties: Properties) -> Made:
    client("athena").create_work_group(
        **without(properties, "WorkGroupConfiguration", "RecursiveDeleteOption"),
        Configuration=properties["WorkGroupConfiguration"],
    )
    return Made(properties["Name"])


def delete_work_group(client: Client, made: Made, properties: Properties) -> None:
    client("athena").delete_work_group(
        WorkGroup=made.ref, RecursiveDeleteOption=properties["RecursiveDeleteOption"]
    )


def create_named_query(client: Client, _: str, properties: Properties) -> Made:
    return Made(client("athena").create_named_query(**properties)["NamedQueryId"])


def delete_named_query(client: Client, made: Made, _: Properties) -> None:
    """Moto has no DeleteNamedQuery."""
    from moto.athena.models import athena_backends

    region = client("athena").meta.region_name
    account = client("sts").get_caller_identity()["Account"]
    del athena_backends[account][region].named_queries[made.ref]


def create_document(client: Client, name: str, properties: Properties) -> Made:
    client("ssm").create_document(
        **{
            **without(properties, "UpdateMethod"),
            "Name": name,
            "Content": json.dumps(properties["Content"]),
        }
    )
    return Made(name)


def update_document(client: Client, made: Made, properties: Properties) -> Made:
    """The next default version, as `UpdateMethod: NewVersion` says; the default of that is a new document."""
    if properties.get("UpdateMethod") != "NewVersion" or properties.get("Name") != made.ref:
        raise NotImplementedError("a document that is replaced")
    answer = client("ssm").update_document(
        Name=made.ref,
        Content=json.dumps(properties["Content"]),
        DocumentVersion="$LATEST",
        DocumentFormat=properties["DocumentFormat"],
        TargetType=properties["TargetType"],
    )
    version = answer["DocumentDescription"]["DocumentVersion"]
    client("ssm").update_document_default_version(Name=made.ref, DocumentVersion=version)
    return made


def delete_document(client: Client, made: Made, _: Properties) -> None:
    client("ssm").delete_document(Name=made.ref)


def make_nothing(_client: Client, name: str, _properties: Properties) -> Made:
    """A StackSet deploys to an organization, and moto has none to deploy to."""
    return Made(name)


def delete_nothing(_client: Client, _made: Made, _properties: Properties) -> None:
    pass


KINDS = [
    Kind("AWS::CloudFormation::StackSet", make_nothing, delete_nothing),
    Kind("AWS::Athena::NamedQuery", create_named_query, delete_named_query),
    Kind("AWS::Athena::WorkGroup", create_work_group, delete_work_group),
    Kind(
        "AWS::CloudWatch::Alarm",
        put_alarm,
        delete_alarm,
        update=lambda client, made, properties: put_alarm(client, made.ref, properties),
        name_property="AlarmName",
        attributes=("Arn",),
    ),
    Kind("AWS::Glue::Database", create_database, delete_database),
    Kind("AWS::Glue::Table", create_table, delete_table),
    Kind("AWS::Lambda::Alias", create_alias, delete_alias, update=update_alias),
    # Moto has it, but without its attribute `Version`, by which an alias names it.
    Kind(
        "AWS::Lambda::Version",
        publish_version,
        delete_version,
        attributes=("FunctionArn", "Version"),
    ),
    Kind("AWS::S3::BucketPolicy", put_bucket_policy, delete_bucket_policy),
    Kind("AWS::SNS::Subscription", subscribe, unsubscribe),
    Kind("AWS::SNS::TopicPolicy", put_topic_policy, delete_topic_policy),
    Kind("AWS::SQS::QueuePolicy", put_queue_policy, delete_queue_policy),
    # Moto has it, but each update replaces the document, and its content is no text.
    Kind(
        "AWS::SSM::Document",
        create_document,
        delete_document,
        update=update_document,
        name_property="Name",
    ),
    Kind(
        "AWS::Scheduler::Schedule",
        create_schedule,
        delete_schedule,
        update=update_schedule,
        name_property="Name",
        attributes=("Arn",),
    ),
]
