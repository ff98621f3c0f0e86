"""Tables only. Importing this package fills the metadata that migrations compare with."""

from fastim.models.base import db as db
from fastim.models.community import Community as Community
from fastim.models.community import InviteLink as InviteLink
from fastim.models.community import JoinRequest as JoinRequest
from fastim.models.community import Mute as Mute
from fastim.models.community import Notice as Notice
from fastim.models.community import NoticeReader as NoticeReader
from fastim.models.contact import Block as Block
from fastim.models.contact import Contact as Contact
from fastim.models.contact import FriendRequest as FriendRequest
from fastim.models.conversation import Aside as Aside
from fastim.models.conversation import Conversation as Conversation
from fastim.models.conversation import Message as Message
from fastim.models.conversation import Position as Position
from fastim.models.conversation import Reaction as Reaction
from fastim.models.conversation import Revision as Revision
from fastim.models.personal import Erasure as Erasure
from fastim.models.personal import TalkSetting as TalkSetting
from fastim.models.upload import Attachment as Attachment
from fastim.models.upload import Blob as Blob
from fastim.models.upload import Proof as Proof
from fastim.models.upload import Source as Source
from fastim.models.upload import Upload as Upload
from fastim.models.user import Session as Session
from fastim.models.user import User as User
