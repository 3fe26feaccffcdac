"""How moto's CloudFormation learns a type of resource from three small functions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.core.common_models import CloudFormationModel

Properties = dict[str, Any]
# Gives the SDK client of a service.
Client = Callable[[str], Any]


@dataclass
class Made:
    """What a resource is called, and its attributes for Fn::GetAtt."""

    ref: str
    attributes: dict[str, str] = field(default_factory=dict)
    # What has to be known to delete it, beside its properties.
    kept: Any = None


@dataclass
class Kind:
    """A type of resource, by what CloudFormation does with one."""

    type: str
    create: Callable[[Client, str, Properties], Made]
    delete: Callable[[Client, Made, Properties], None]
    # None: a changed resource is deleted and made again.
    update: Callable[[Client, Made, Properties], Made] | None = None
    # The property that names it; without its value, CloudFormation makes up a name.
    name_property: str = ""
    attributes: tuple[str, ...] = ()


def register(kind: Kind, api: Callable[[str, str], Any]) -> type[CloudFormationModel]:
    """Makes the class by which moto finds a type: it reads the direct subclasses of its model."""

    class Resource(CloudFormationModel):
        # Moto counts instances by the second word.
        __module__ = "overlay.cloudformation"

        def __init__(self, made: Made, properties: Properties) -> None:
            self.made = made
            self.properties = properties

        @property
        def physical_resource_id(self) -> str:
            return self.made.ref

        def get_cfn_attribute(self, name: str) -> str:
            return self.made.attributes[name]

        def delete(self, account: str, region: str) -> None:
            refusing(lambda: kind.delete(client_in(region), self.made, self.properties))

        @staticmethod
        def cloudformation_name_type() -> str:
            return kind.name_property

        @staticmethod
        def cloudformation_type() -> str:
            return kind.type

        @classmethod
        def has_cfn_attr(cls, attr: str) -> bool:
            return attr in kind.attributes

        @classmethod
        def create_from_cloudformation_json(cls, name, template, account, region, **_):
            properties = template["Properties"]
            # Where moto has the type too, it reads the name as that one does.
            own_name = properties.get(kind.name_property, name)
            made = refusing(lambda: kind.create(client_in(region), own_name, properties))
            return cls(made, properties)

        @classmethod
        def update_from_cloudformation_json(
            cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name
        ):
            properties = cloudformation_json["Properties"]
            client = client_in(region_name)
            before = original_resource

            def update() -> Made:
                if kind.update is not None:
                    return kind.update(client, before.made, properties)
                kind.delete(client, before.made, before.properties)
                return kind.create(client, new_resource_name, properties)

            return cls(refusing(update), properties)

    def client_in(region: str) -> Client:
        return lambda service: api(service, region)

    def refusing(act: Callable[[], Any]) -> Any:
        """
        Whatever goes wrong is a refusal of the request. As an error of the server it would be tried again,
        and moto takes the second try for a change of nothing.
        """
        try:
            return act()
        except Exception as error:
            raise ValidationError(message=f"{kind.type}: {error!r}") from error

    Resource.__name__ = Resource.__qualname__ = kind.type.replace("::", "")
    return Resource
