"""The texts of every error name, in the languages of the pages."""

from __future__ import annotations

import functools
import re

LANGUAGES = ("zh-CN", "en")

TEXTS: dict[str, tuple[str, str]] = {
    "already_friend": ("你们已经是好友了", "You are friends already"),
    "already_requested": (
        "已经发送过好友申请，请等待对方同意",
        "You have asked already; wait for the answer",
    ),
    "backup_of_another_version": (
        "备份来自 FastIM {version}（迁移 {migration}）：请用该版本恢复，再升级",
        "The backup is of FastIM {version} (migration {migration}): restore it with that, then upgrade",
    ),
    "bad_card": ("只能推荐自己的好友或所在的群", "Only friends and groups of yours can be recommended"),
    "bad_checksum": ("文件在传输中损坏，请重新上传", "The file was damaged on its way; upload it again"),
    "bad_emoji": ("请选择一个表情", "Choose an emoji"),
    "bad_frame": ("消息格式不正确", "This frame cannot be read"),
    "bad_invite": ("邀请码不正确", "This invitation code is not valid"),
    "bad_link": ("邀请已失效", "This invitation is not valid any more"),
    "bad_location": ("位置不正确", "This is no place on earth"),
    "bad_mobile": ("手机号格式不正确", "This is not a phone number"),
    "bad_request": ("请求格式不正确：{field}", "The request is malformed: {field}"),
    "bad_url": ("不支持的文件地址", "This address cannot be sent"),
    "blocked": ("消息已发出，但被对方拒收", "This person does not accept your messages"),
    "busy": ("文件正在写入，请稍后再试", "The file is being written; try again in a moment"),
    "cross_site": ("拒绝来自其他网站的请求", "Requests from another site are refused"),
    "copy_differs": (
        "复制期间数据有变化：{tables}；停止服务后用 --restart 重新开始",
        "The source changed while it was copied: {tables}; stop its server and begin again with --restart",
    ),
    "damaged_backup": ("备份文件已损坏：{what}", "The backup is damaged: {what}"),
    "damaged_file": ("文件已损坏", "The file is damaged"),
    "empty_message": ("不能发送空消息", "An empty message cannot be sent"),
    "forbidden": ("没有权限", "This is not allowed"),
    "group_closed": ("该群暂不接受新成员", "This group takes no new members"),
    "group_dissolved": ("该群已解散", "This group was dissolved"),
    "group_full": ("群成员已满", "The group is full"),
    "group_name_taken": ("群名称已被使用", "This group name is taken"),
    "internal": ("服务器出错了，请稍后再试", "Something went wrong on the server; try again later"),
    "invite_needed": ("请填写邀请码", "An invitation code is needed"),
    "join_requested": (
        "已发送入群申请，请等待管理员同意",
        "Your request was sent; wait for an admin of the group",
    ),
    "method_not_allowed": ("不支持的请求方法", "This method is not supported here"),
    "migrations_behind": (
        "数据库版本是 {found}，需要 {wanted}：先运行 flask db upgrade",
        "The database is at migration {found}, not {wanted}: run `flask db upgrade` on it",
    ),
    "mobile_taken": ("该手机号已注册", "This number is registered already"),
    "muted": ("你已被禁言", "You may not speak here for now"),
    "name_needed": ("请填写名称", "A name is needed"),
    "no_such_group": ("该群不存在", "There is no such group"),
    "no_such_member": ("群里没有这个人", "This person is not a member of the group"),
    "no_such_message": ("该消息不存在或已撤回", "This message does not exist or was recalled"),
    "no_such_tag": ("该标签不存在", "There is no such label"),
    "no_such_user": ("用户不存在", "There is no such user"),
    "not_admin": ("只有群主和管理员可以操作", "Only the group's owner and admins may do this"),
    "not_adding": ("对方不接受好友申请", "This person takes no friend requests"),
    "not_found": ("不存在", "There is nothing here"),
    "not_friends": ("你们还不是好友", "You are not friends"),
    "not_member": ("你不是该群成员", "You are not a member of this group"),
    "not_owner": ("只有群主可以操作", "Only the group's owner may do this"),
    "not_signed_in": ("请先登录", "Sign in first"),
    "not_you": ("不能代替他人操作", "You cannot act for somebody else"),
    "not_yours": ("只能操作自己的消息", "You can do this with your own messages only"),
    "not_a_backup": ("这不是 FastIM 的备份文件", "This is no backup of FastIM"),
    "not_a_go_database": (
        "这不是 Go 版 fastIM 的数据库：缺少 {lacks}",
        "This is no database of the Go version: it lacks {lacks}",
    ),
    "not_in_resource": ("地址不在 resource 目录中", "The address does not lead into the folder resource"),
    "bad_path": ("文件路径不能作为地址", "The file's path cannot be an address here"),
    "not_readable": ("文件无法读取", "The file cannot be read"),
    "unfinished_copy": (
        "这个数据库是一次未完成的复制：请把 migrate-db 或 restore 运行完",
        "This database is an unfinished copy: run `migrate-db` or `restore` again, to its end",
    ),
    "unreachable_source": ("无法连接数据库：{reason}", "The database does not answer: {reason}"),
    "nothing_changed": ("没有变化", "Nothing would change"),
    "outranked": ("不能对群主或管理员这样操作", "This member's role is not below yours"),
    "owner_cannot_leave": ("群主不能退出自己的群", "The owner cannot leave the group"),
    "picture_too_large": ("图片尺寸过大", "The picture has too many pixels"),
    "push_off": ("服务器没有开启推送", "This server has no push"),
    "quota_full": ("存储空间已用完", "Your storage is full"),
    "rate_limited": ("发送太快了，请稍后再试", "You are sending too fast; wait a moment"),
    "receipts_off": (
        "你已关闭已读回执，因此也看不到他人的已读状态",
        "You have switched read receipts off, so you do not see those of others",
    ),
    "same_database": ("源和目标是同一个数据库", "Source and target are the same database"),
    "restored_differs": (
        "恢复的数据与备份不一致",
        "What was restored is not what the backup holds; look at the database, and restore again",
    ),
    "nothing_sought": (
        "请输入要找的内容，或选择聊天、发送者、类型或时间",
        "Say what to look for: words, a chat, a sender, a kind or a time",
    ),
    "search_off": ("这台服务器没有开启消息搜索", "This server does not search messages"),
    "misdirected": ("这台服务器不提供此功能", "This machine does not do that"),
    "server_busy": ("服务器繁忙，请稍后再试", "The server is busy; try again in a moment"),
    "server_full": (
        "服务器的连接已满，请稍后再试",
        "The server has no room for another connection; try again in a moment",
    ),
    "shelf_not_empty": (
        "FASTIM_LOG_URL 指向的 MongoDB 里已有消息；请改用空的数据库",
        "MongoDB has messages already; name an empty database in FASTIM_LOG_URL",
    ),
    "signup_closed": ("暂不开放注册", "Sign-up is closed"),
    "storage_away": (
        "文件存储暂时不可用，请稍后再试",
        "The files cannot be reached; try again in a moment",
    ),
    "storage_full": (
        "服务器存储空间不足，消息未发送",
        "The server's disk is full; the message was not sent",
    ),
    "target_not_empty": (
        "目标数据库不是空的（已有 {table} 表）：请改用空的数据库",
        "The target is not empty, see its table {table}: name an empty database",
    ),
    "target_of_another": (
        "目标数据库里有另一次未完成的复制",
        "The target holds an unfinished copy of something else; give it an empty database",
    ),
    "text_too_long": ("内容太长", "The text is too long"),
    "too_slow": ("发送太慢，连接已放弃", "This was sent too slowly"),
    "too_large": ("文件太大", "This is too large"),
    "too_late": ("已超过时限", "It is too late for this"),
    "too_many_admins": ("管理员数量已达上限", "The group has as many admins as it may"),
    "too_many_favourites": ("收藏已达上限", "Your list of favourites is full"),
    "too_many_friends": ("好友数量已达上限", "Your list of friends is full"),
    "too_many_groups": ("创建的群数量已达上限", "You own as many groups as you may"),
    "too_many_links": (
        "邀请链接数量已达上限，请先撤销不用的",
        "The group has as many links as it may; revoke one first",
    ),
    "too_many_pinned": ("置顶的聊天已达上限", "You have pinned as many chats as you may"),
    "too_many_reactions": ("该消息的表情已达上限", "This message has as many emoji as it may"),
    "too_many_tags": ("标签数量已达上限", "There are as many labels as there may be"),
    "too_many_requests": ("等待回应的好友申请太多", "Too many of your requests wait for an answer"),
    "too_many_stickers": ("收藏的表情已达上限", "You keep as many stickers as you may"),
    "too_many_uploads": ("正在上传的文件太多", "Too many of your uploads are on their way"),
    "too_often": (
        "操作太频繁，请 {retry_after} 秒后再试",
        "Too many attempts; try again in {retry_after} s",
    ),
    "unsupported_file": ("不支持的文件类型", "This kind of file is not supported"),
    "unsupported_media": ("不支持的消息类型", "This kind of message is not supported"),
    "upload_needed": ("请上传文件", "Upload the file"),
    "weak_password": (
        "密码至少需要 {least} 位，且不能太常见",
        "Use at least {least} characters, and not a common password",
    ),
    "wrong_login": ("手机号或密码不正确", "Wrong number or password"),
    "wrong_offset": ("请从正确的位置继续上传", "Go on with the upload where it stands"),
    "wrong_password": ("密码不正确", "Wrong password"),
    "yourself": ("不能添加自己", "You cannot add yourself"),
}


def text(name: str, language: str, details: dict[str, object]) -> str:
    """The text of an error in `language`; names and details that do not fit fall back to plain ones."""
    chinese, english = TEXTS.get(name, TEXTS["internal"])
    template = english if language == "en" else chinese
    try:
        return template.format(**details)
    except (KeyError, IndexError):
        return template


@functools.lru_cache(maxsize=256)
def negotiate(preferred: str) -> str:
    """The page language for an Accept-Language header (RFC 9110, 12.5.4) or a language tag.

    Chinese unless English is liked more; of those liked alike the first.
    """
    best, language = 0.0, "zh-CN"
    for part in preferred.split(","):
        tag, _, quality = part.partition(";")
        weight = _weight(quality)
        main = tag.strip().lower().split("-")[0]
        if main in ("zh", "en") and weight > best:
            best, language = weight, "en" if main == "en" else "zh-CN"
    return language


def _weight(quality: str) -> float:
    """The q of a language; 1 where it has none, 0 where it cannot be read."""
    name, _, value = quality.replace(" ", "").partition("=")
    if name.lower() != "q":
        return 0.0 if quality.strip() else 1.0
    return float(value) if re.fullmatch(r"0(\.\d{0,3})?|1(\.0{0,3})?", value, re.ASCII) else 0.0
