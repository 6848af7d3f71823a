"""A message as data: who sent it when, what it says, and what is attached. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from edu_sheet.reading.refusal import Refusal
from edu_sheet.sentences import note
from edu_sheet.words.findings import Finding, Value
from edu_sheet.words.letters import LONGEST, Noise
from edu_sheet.words.refusing import refuses


def broken(fault: str) -> Refusal:
    """Return the refusal of a message that cannot be taken apart: `fault` says why."""
    return Refusal(note("damaged:mail", fault=fault))


@dataclass(frozen=True, slots=True)
class Attached:
    """One file of a message."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a server says of a letter of ours."""

    recipients: tuple[str, ...]  # in small letters; of a report in plain words all that it names
    reason: str  # in the server's words, on one line; "" where it gives none
    delayed: bool  # it goes on trying
    letters: tuple[str, ...]  # the Message-IDs by which it names the letter
    writer: str = ""  # whose letter it brings back, "" where it does not
    passed_on: bool = False  # a person quotes it: a claim, and no proof
    text: str = ""  # what it says: the subject of the letter may be quoted in it

    @property
    def named(self) -> str:
        """The addresses that it is about, "" where it names none."""
        return "、".join(self.recipients[:3])


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, whatever its format."""

    sender: str = ""  # the address, in small letters; "" where there is none
    subject: str = ""
    arrived_at: datetime | None = None  # when the last server took it, else when it was written
    text: str = ""
    attached: tuple[Attached, ...] = ()
    pictures: int = 0  # in the text: logos, and what somebody pasted
    unproven: str = ""  # which proofs of its sender the last server says have failed
    bounce: Bounce | None = None  # this is a server's report on a letter of ours
    shows: bool = False  # its page shows what is no text: a picture, a field
    tabled: bool = False  # a table like a form's stands in its text
    outside: str = ""  # of such a message: what its writer says beside its tables
    tables: tuple[Attached, ...] = ()  # as messages: its tables of several periods, one each
    linked: str = ""  # where its text says that files lie: the servers of 超大附件 and the like
    answers: tuple[str, ...] = ()  # the Message-IDs that it answers or goes on from
    noise: Noise | None = None  # what a mail program sends by itself, or to many
    unclear: bool = False  # who sent it cannot be taken from its From
    identity: str = ""  # its own Message-ID, "" where it has none
    writer: str = ""  # its own sender; `sender` is that of the message in which it lay
    recalls: str | None = None  # the subject of a message that it recalls, "" where it names none
    unseen: str = ""  # what its page hides: nobody has read it, and it is no answer
    returned: bool = False  # it lay in a server's report, which brings back what did not arrive

    def around(self, inner: "Letter") -> "Letter":
        """Return what the files of a message in this one come with: the words of both."""
        text = self.text if inner.text.strip() in self.text else f"{self.text}\n\n{inner.text}"
        return replace(
            self,
            text=text.strip(),
            pictures=self.pictures + inner.pictures,
            tabled=inner.tabled,
            outside=inner.outside,
            unproven=self.unproven or inner.unproven,
            unclear=self.unclear or inner.unclear,
            unseen="\n".join(dict.fromkeys(filter(None, (self.unseen, inner.unseen)))),
            answers=inner.answers if self.returned else self.answers,
            identity=inner.identity,
            writer=inner.writer,
        )

    @property
    def takes_back(self) -> bool:
        """Whether it says, in its subject too, that what it brings is not to be used."""
        return refuses(f"{self.subject}\n{self.text}")

    @property
    def typed(self) -> str:
        """What its writer typed: its text, without the tables in it."""
        return self.outside if self.tabled else self.text

    @property
    def known(self) -> Finding:
        """What each attached file keeps of its message."""
        return note("by_mail", **self.about)

    @property
    def told(self) -> tuple[Finding, ...]:
        """All that each attached file keeps of its message."""
        doubts = [note("sender_unproven", failed=self.unproven)] if self.unproven else []
        doubts += [note("sender_unproven:unclear")] if self.unclear else []
        doubts += [note("sender_unproven:returned")] if self.returned else []
        hidden = [note("mail_unseen", text=self.unseen)] if self.unseen else []
        return (self.known, *doubts, *hidden)

    @property
    def empty(self) -> Finding:
        """Why a message without files is left to a person, with its full text."""
        if self.bounce and self.bounce.delayed:
            return note("mail_delayed", failed=self.bounce.named, **self.about)
        if self.bounce:
            return note("mail_bounced", failed=self.bounce.named, **self.about)
        if self.recalls is not None:
            name = "mail_recall" if self.recalls else "mail_recall:unnamed"
            return note(name, recalled=self.recalls, **self.about)
        if self.linked:
            return note("mail_without_attachment:linked", linked=self.linked, **self.about)
        if self.attached:
            variant = "takes_back" if self.takes_back else "beside"
            return note(f"mail_without_attachment:{variant}", **self.about)
        return note("mail_without_attachment", **self.about)

    @property
    def about(self) -> dict[str, Value]:
        """What findings say of the message."""
        return {
            "sender": self.sender,
            "arrived_at": self.arrived_at,
            "subject": self.subject,
            "body": self.text[:LONGEST],
            "pictures": self.pictures,
        }
