"""S/MIME as mail programs write it: signed and opaque, in DER or in pieces, and encrypted."""

import base64
import datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import pkcs7 as smime
from cryptography.x509.oid import NameOID

_OID = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"
_END = b"\0\0"


@cache
def _owner() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(65_537, 2_048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
    )
    return key, builder.sign(key, hashes.SHA256())


def signed(content: bytes, *options: smime.PKCS7Options) -> bytes:
    """Return what was signed with its signature, as DER."""
    key, certificate = _owner()
    builder = smime.PKCS7SignatureBuilder().set_data(content)
    builder = builder.add_signer(certificate, key, hashes.SHA256())
    return builder.sign(Encoding.DER, [smime.PKCS7Options.Binary, *options])


def signature(content: bytes) -> bytes:
    """Return a signature without what was signed."""
    return signed(content, smime.PKCS7Options.DetachedSignature)


def signed_in_pieces(content: bytes) -> bytes:
    """Return what was signed as programs write it that do not know its length before."""
    pieces = [content[at : at + 1_000] for at in range(0, len(content), 1_000)]
    octets = b"".join(b"\x04\x82" + len(one).to_bytes(2, "big") + one for one in pieces)
    inner = b"\x30\x80" + _OID + b"\x01\xa0\x80\x24\x80" + octets + _END * 3
    data = b"\x30\x80\x02\x01\x01\x31\x80\x30\x80" + _END * 2 + inner + _END
    return b"\x30\x80" + _OID + b"\x02\xa0\x80" + data + _END * 2


def sealed(content: bytes) -> bytes:
    """Return what was encrypted for somebody."""
    builder = smime.PKCS7EnvelopeBuilder().set_data(content).add_recipient(_owner()[1])
    return builder.encrypt(Encoding.DER, [smime.PKCS7Options.Binary])


def smime_letter(data: bytes, head: bytes, kind: bytes = b"signed-data") -> bytes:
    """Return a message that is S/MIME as a whole."""
    body = base64.encodebytes(data).replace(b"\n", b"\r\n")
    said = b"MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=" + kind
    named = b'; name="smime.p7m"\r\nContent-Transfer-Encoding: base64'
    return b"%b\r\n%b%b\r\n\r\n%b" % (head, said, named, body)
