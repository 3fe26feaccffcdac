"""Where moto's CloudFormation does otherwise than AWS: types it does not know, updates, and deletions."""

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import ResourceMap

known = parsing.resource_class_from_type
difference = ResourceMap.build_resource_diff


def mend() -> None:
    parsing.resource_class_from_type = resource_class_from_type
    ResourceMap.build_resource_diff = build_resource_diff
    ResourceMap.delete = delete


def resource_class_from_type(resource_type: str):
    """Moto says CREATE_COMPLETE of a type that it does not know, and makes nothing: rightly only of
    those that are nothing."""
    found = known(resource_type)
    if found is None and resource_type not in parsing.NULL_MODELS:
        raise ValidationError(message=f"nobody here makes a resource of type {resource_type}")
    return found


def build_resource_diff(stack: ResourceMap, other_template: dict, parameters=None) -> dict:
    """Moto adds `Properties` to a resource that has none, and then takes it for changed in each update."""
    for template in other_template["Resources"].values():
        template.setdefault("Properties", {})
    return difference(stack, other_template, parameters)


def delete(stack: ResourceMap) -> None:
    """Last made, first deleted, as what is made later may need what was there. Moto takes any order."""
    for logical_id, resource in reversed(list(stack._parsed_resources.items())):
        template = stack._resource_json_map.get(logical_id)
        if template is None or template.get("DeletionPolicy") == "Retain":
            continue
        stack._delete_resource(resource, template)
        del stack._parsed_resources[logical_id]
