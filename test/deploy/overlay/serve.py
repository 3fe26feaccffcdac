"""Starts moto with what our stack needs and moto lacks: `python3 serve.py FOLDER`.

Writes the certificate of the server to FOLDER/certificate.pem, prints one line of JSON with the ports,
and ends when its standard input does.
"""

import datetime
import ipaddress
import json
import os
import sys
import threading
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

import buckets
import functions
import resources
import stacks
from own_api import OwnApi

HOST = "127.0.0.1"


def certificate(folder: Path) -> tuple[str, str]:
    """A certificate for loopback, so that a policy that wants TLS can be kept."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "moto on loopback")])
    now = datetime.datetime.now(datetime.timezone.utc)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address(HOST))]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_path, key_path = folder / "certificate.pem", folder / "key.pem"
    certificate_path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return str(certificate_path), str(key_path)


def main() -> None:
    paths = certificate(Path(sys.argv[1]))
    app = DomainDispatcherApplication(create_backend_app)
    secure = make_server(HOST, 0, app, threaded=True, ssl_context=paths)
    plain = make_server(HOST, 0, app, threaded=True)
    os.environ["MOTO_PORT"] = str(secure.port)

    api = OwnApi(f"https://localhost:{secure.port}", paths[0])
    resources.register(api)
    buckets.mend(api)
    functions.mend()
    stacks.mend()

    for server in (secure, plain):
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"secure": secure.port, "plain": plain.port}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
