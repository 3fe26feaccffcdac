"""What moto leaves out of a bucket: settings of the template, and the condition of a policy."""

import json
from collections.abc import Callable
from typing import Any

from flask import request
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket


def mend(api: Callable[[str, str], Any]) -> None:
    create = FakeBucket.create_from_cloudformation_json.__func__

    def created(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        bucket = create(
            cls, resource_name, cloudformation_json, account_id, region_name, **kwargs
        )
        put_settings(api("s3", region_name), bucket.name, cloudformation_json["Properties"])
        return bucket

    FakeBucket.create_from_cloudformation_json = classmethod(created)
    FakeBucket.get_permission = permission


def put_settings(s3: Any, bucket: str, properties: dict) -> None:
    """Moto's CloudFormation makes a bucket with its encryption and tags, and drops the rest."""
    if access := properties.get("PublicAccessBlockConfiguration"):
        s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=access)
    if lifecycle := properties.get("LifecycleConfiguration"):
        rules = [lifecycle_rule(rule) for rule in lifecycle["Rules"]]
        s3.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": rules}
        )


# The words of CloudFormation that S3's own API has otherwise; the SDK checks all others.
LIFECYCLE_WORDS = {
    "Id": lambda value: ("ID", value),
    "Prefix": lambda value: ("Filter", {"Prefix": value}),
    "ExpirationInDays": lambda value: ("Expiration", {"Days": value}),
}


def lifecycle_rule(rule: dict) -> dict:
    words = {"Prefix": "", **rule}
    return dict(LIFECYCLE_WORDS.get(key, lambda it: (key, it))(value) for key, value in words.items())


def permission(bucket: FakeBucket, action: str, resource: str) -> PermissionResult:
    """Moto applies a statement whatever its condition says. It lets in whomever nothing denies, so only
    denials matter: that an allowance is for one organization cannot be seen here."""
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    context = {"aws:SecureTransport": "true" if request.is_secure else "false"}
    statements = [
        {key: value for key, value in statement.items() if key != "Condition"}
        for statement in json.loads(bucket.policy)["Statement"]
        if statement["Effect"] == "Deny" and holds(statement.get("Condition", {}), context)
    ]
    return IAMPolicy(json.dumps({"Statement": statements})).is_action_permitted(action, resource)


def holds(condition: dict, context: dict[str, str]) -> bool:
    """Fails on what it cannot judge, as a condition that is passed over says nothing."""
    unknown = set(condition) - {"Bool"}
    if unknown:
        raise NotImplementedError(f"conditions of a bucket policy: {sorted(unknown)}")
    return all(
        context[key] == str(value).lower() for key, value in condition.get("Bool", {}).items()
    )
