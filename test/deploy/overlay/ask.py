"""Asks AWS APIs what is there: in each line a JSON list of [service, operation, parameters], out the answers.

A refusal is an answer too: {"refused": code}. The environment says where, as for every program that
uses the SDK.
"""

import json
import sys
from functools import lru_cache

import boto3
from botocore.exceptions import ClientError

client = lru_cache(maxsize=None)(boto3.client)


def answer(service: str, operation: str, parameters: dict) -> dict:
    try:
        told = getattr(client(service), operation)(**parameters)
    except ClientError as error:
        return {"refused": error.response["Error"]["Code"]}
    told.pop("ResponseMetadata")
    return told


if __name__ == "__main__":
    for line in sys.stdin:
        answers = [answer(*question) for question in json.loads(line)]
        print(json.dumps(answers, default=str), flush=True)
