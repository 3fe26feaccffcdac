"""The services of this very moto, through the AWS SDK: it checks each request by the model of the service."""

from functools import lru_cache
from typing import Any

import boto3


class OwnApi:
    def __init__(self, endpoint: str, certificate: str) -> None:
        self.endpoint = endpoint
        self.certificate = certificate

    @lru_cache(maxsize=None)
    def __call__(self, service: str, region: str) -> Any:
        return boto3.client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            verify=self.certificate,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )
