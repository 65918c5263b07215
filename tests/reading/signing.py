"""A PDF really signed at test time: a certificate of our own, PKCS #7 over the byte range, an incremental update."""
from __future__ import annotations

import datetime
import re
import warnings
from collections.abc import Sequence
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

_ROOM = 12_000  # hex digits left for a signature


class Signer(NamedTuple):
    """Whose certificate signs, when, and why."""

    name: str
    organisation: str
    time: str = "D:20310205081532+07'00'"
    reason: str = ""


def signed(pdf: bytes, signers: Sequence[Signer]) -> bytes:
    """The PDF with a signature field for each of `signers`, one increment each; the last covers the whole file."""
    for number, signer in enumerate(signers, 1):
        pdf = _signed(pdf, signer, number)
    return pdf


def _signed(pdf: bytes, signer: Signer, number: int) -> bytes:
    size = int(re.findall(rb"/Size\s+(\d+)", pdf)[-1])
    root = re.findall(rb"/Root\s+(\d+)\s+0\s+R", pdf)[-1].decode()
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    catalog = re.findall(rb"\n%s 0 obj\s*<<(.*?)>>\s*endobj" % root.encode(), pdf, re.DOTALL)[-1].decode("latin-1")
    fields = re.findall(r"(\d+) 0 R", "".join(re.findall(r"/Fields \[(.*?)\]", catalog)))
    catalog = re.sub(r"/AcroForm <<.*?>>", "", catalog, flags=re.DOTALL)
    signature, field = size, size + 1
    reason = "<" + ("\ufeff" + signer.reason).encode("utf-16-be").hex() + ">"
    objects = {
        int(root): f"<<{catalog}/AcroForm << /SigFlags 3 /Fields [{' '.join(f'{n} 0 R' for n in [*fields, str(field)])}] >>>>",
        signature: f"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M ({signer.time})"
                   f" /Reason {reason} /ByteRange [0 ********** ********** **********] /Contents <{'0' * _ROOM}> >>",
        field: f"<< /FT /Sig /Type /Annot /Subtype /Widget /T (Signature{number}) /V {signature} 0 R /Rect [0 0 0 0] >>",
    }
    out = bytearray(pdf)
    offsets = {}
    for id, body in objects.items():
        offsets[id] = len(out)
        out += f"\n{id} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = len(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % (id, at + 1) for id, at in sorted(offsets.items()))
    out += b"trailer\n<< /Size %d /Root %s 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        size + 2, root.encode(), start, table)
    gap = out.index(b"<" + b"0" * _ROOM + b">", offsets[signature])
    after = gap + _ROOM + 2
    spans = b"[0 %10d %10d %10d]" % (gap, after, len(out) - after)
    at = out.index(b"[0 **********", offsets[signature])
    out[at:at + len(spans)] = spans
    contents = _pkcs7(bytes(out[:gap]) + bytes(out[after:]), signer).hex().encode()
    out[gap + 1:gap + 1 + len(contents)] = contents
    return bytes(out)


def _pkcs7(data: bytes, signer: Signer) -> bytes:
    """A detached signature with the signer's certificate and that of the authority that issued it."""
    authority, person = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    above = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA thử nghiệm")])
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, signer.name),
                         x509.NameAttribute(NameOID.ORGANIZATION_NAME, signer.organisation)])
    root, leaf = (_certificate(name, key, above, authority) for name, key in ((above, authority), (subject, person)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return (pkcs7.PKCS7SignatureBuilder().set_data(data).add_signer(leaf, person, hashes.SHA256())
                .add_certificate(root)
                .sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]))


def _certificate(
    subject: x509.Name, key: ec.EllipticCurvePrivateKey, issuer: x509.Name, by: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    now = datetime.datetime(2030, 1, 1)
    return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now)
            .not_valid_after(now + datetime.timedelta(days=900)).sign(by, hashes.SHA256()))
