"""Where moto's CloudFormation would let a mistake pass: types it does not know, and the order of a deletion."""

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError


def mend() -> None:
    known = parsing.resource_class_from_type

    def resource_class_from_type(resource_type: str):
        """Moto says CREATE_COMPLETE of a type that it does not know, and makes nothing."""
        found = known(resource_type)
        if found is None:
            raise ValidationError(message=f"nobody here makes a resource of type {resource_type}")
        return found

    parsing.resource_class_from_type = resource_class_from_type
    parsing.ResourceMap.delete = delete


def delete(stack: parsing.ResourceMap) -> None:
    """Last made, first deleted, as what is made later may need what was there. Moto takes any order."""
    for logical_id, resource in reversed(list(stack._parsed_resources.items())):
        template = stack._resource_json_map.get(logical_id)
        if template is None or template.get("DeletionPolicy") == "Retain":
            continue
        stack._delete_resource(resource, template)
        del stack._parsed_resources[logical_id]
