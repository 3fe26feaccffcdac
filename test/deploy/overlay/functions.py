"""Moto's CloudFormation drops properties of a function. Here GetFunctionConfiguration tells them."""

from moto.awslambda.models import LambdaFunction

# Moto keeps none of these; `Architectures` it keeps, but its CloudFormation does not hand it on.
DROPPED = ("DeadLetterConfig", "DurableConfig", "LoggingConfig")


def mend() -> None:
    create = LambdaFunction.create_from_cloudformation_json.__func__
    update = LambdaFunction.update_from_cloudformation_json.__func__
    configuration = LambdaFunction.get_configuration

    def created(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        function = create(
            cls, resource_name, cloudformation_json, account_id, region_name, **kwargs
        )
        return declared(function, cloudformation_json["Properties"])

    def updated(
        cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
    ):
        arguments = (original_resource, new_resource_name, cloudformation_json)
        function = update(cls, *arguments, account_id, region_name)
        return declared(function, cloudformation_json["Properties"])

    def configured(self, on_create=False):
        return {**configuration(self, on_create), **getattr(self, "declared", {})}

    LambdaFunction.create_from_cloudformation_json = classmethod(created)
    LambdaFunction.update_from_cloudformation_json = classmethod(updated)
    LambdaFunction.get_configuration = configured


def declared(function: LambdaFunction, properties: dict) -> LambdaFunction:
    function.architectures = properties.get("Architectures", ["x86_64"])
    function.declared = {key: properties[key] for key in DROPPED if key in properties}
    return function
