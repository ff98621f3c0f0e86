"""What the people of the world are called, and what they say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One language's. `names` begins with the person through whose eyes we look."""

    names: tuple[str, ...]
    memos: tuple[str, ...]
    remark: str
    tags: tuple[str, str]
    asking: tuple[str, str]
    """A stranger, and the note of their request."""
    group: str
    group_memo: str
    notice: str
    studio: str
    studio_memo: str
    book: str
    flat: str
    friend: tuple[tuple[int, str], ...]
    """(speaker, text) with the friend, person 1; an empty text has something drawn in its place."""
    hike: tuple[tuple[int, str], ...]
    studio_talk: tuple[tuple[int, str], ...]
    flat_talk: tuple[tuple[int, str], ...]
    book_talk: tuple[tuple[int, str], ...]
    lines: tuple[str, ...]
    """The last thing that persons 2, 3, 4, 5 said to us."""
    place: str
    file: str
    draft: str
    sought: str


WORDS = {
    "en": Words(
        names=("Willow", "Juniper", "Hazel", "Rowan", "Laurel", "Aspen", "Linden", "Sorrel"),
        memos=(
            "Mostly outdoors.",
            "Maps, bread, long walks",
            "Paints what holds still",
            "Cyclist. Tea drinker.",
            "Reading in three languages",
            "Night train enthusiast",
            "Plants everywhere",
            "",
        ),
        remark="Aspen (choir)",
        tags=("Hiking", "Work"),
        asking=("Clover", "We met at the bouldering hall on Sunday."),
        group="Weekend hike",
        group_memo="Every other Saturday, whatever the weather",
        notice="Saturday: 8:00 at the north exit of the station. Four hours on foot, 620 m up.\n\n"
        "Bring water, something to eat, and a rain jacket. Whoever comes later: we wait ten minutes.",
        studio="Studio",
        studio_memo="What we are making this month",
        book="Book circle",
        flat="Garden plot 14",
        friend=(
            (1, "A hike this weekend? The weather looks kind 🌤"),
            (0, "Yes! When do we leave?"),
            (1, "Eight, north exit of the station. I have the route: https://maps.example.org/ridge-path"),
            (1, "photo"),
            (0, "What a view. Is that the lake from the second half?"),
            (1, "The very one. We get there about eleven."),
            (0, "sticker"),
            (0, "I bring the oranges 🍊 and the big thermos"),
            (1, "voice"),
            (1, "🎉"),
            (0, "See you on Saturday, then"),
        ),
        hike=(
            (1, "The route for Saturday is ready: four hours, 620 m up, one hut on the way."),
            (2, "Lovely. Is the upper path open again?"),
            (1, "Since Monday, yes."),
            (3, "These are from last time, to get you in the mood"),
            (3, "photo"),
            (3, "photo"),
            (4, "That light! ❤️"),
            (0, "I can take four people in the car from the east side"),
            (1, "place"),
            (1, "We meet here, at the north exit"),
            (2, "film"),
            (5, "file"),
            (5, "@Willow could you check the times of the last bus?"),
            (0, "Quarter past five and half past six. We have time."),
            (1, "@all please say until Thursday evening whether you come 🥾"),
        ),
        studio_talk=(
            (2, "The new labels are back from the printer"),
            (6, "And? How is the green?"),
            (2, "A little warmer than on the screen, I like it better"),
            (3, "Agreed. Let us keep it."),
            (6, "Then I order the boxes today"),
            (2, "record"),
            (6, "Boxes are ordered, they come on Tuesday"),
        ),
        flat_talk=((5, "The tomatoes need water tomorrow, who goes?"), (6, "I do, before work")),
        book_talk=((4, "Chapter nine until Friday?"), (7, "Give me until Sunday, it is a long one")),
        lines=(
            "Thank you, the frames fit perfectly!",
            "The bike is back, and it does not squeak any more",
            "Chapter seven made me miss my stop",
            "Rehearsal is at seven, in the small hall",
        ),
        place="North exit, Central Station",
        file="Ridge path, map and profile.pdf",
        draft="About the frames: I could",
        sought="route",
    ),
    "zh-CN": Words(
        names=("白露", "小满", "谷雨", "立夏", "霜降", "惊蛰", "春分", "芒种"),
        memos=(
            "多半在户外",
            "地图、面包、走远路",
            "画一切不动的东西",
            "骑车，喝茶",
            "同时读三种语言的书",
            "夜行列车爱好者",
            "家里全是植物",
            "",
        ),
        remark="惊蛰（合唱团）",
        tags=("爬山", "工作"),
        asking=("小雪", "周日在攀岩馆见过，一起爬过那条蓝线。"),
        group="周末爬山",
        group_memo="隔周周六，风雨无阻",
        notice="周六早上八点，地铁站北口集合。步行约四小时，爬升 620 米。\n\n"
        "请带水、干粮和雨衣。迟到的朋友：我们等十分钟。",
        studio="工作室",
        studio_memo="这个月在做的东西",
        book="读书会",
        flat="十四号菜园",
        friend=(
            (1, "周末去爬山吗？天气看起来不错 🌤"),
            (0, "好呀！几点出发？"),
            (1, "八点，地铁站北口。路线我查好了：https://maps.example.org/ridge-path"),
            (1, "photo"),
            (0, "太美了，这是后半程的那个湖吗？"),
            (1, "就是它，大概十一点能走到。"),
            (0, "sticker"),
            (0, "我带橙子 🍊 和大保温壶"),
            (1, "voice"),
            (1, "🎉"),
            (0, "那周六见"),
        ),
        hike=(
            (1, "周六的路线定了：四个小时，爬升 620 米，中途有一间小屋。"),
            (2, "太好了。上面那条路重新开放了吗？"),
            (1, "周一起就开了。"),
            (3, "先看看上次拍的照片"),
            (3, "photo"),
            (3, "photo"),
            (4, "这光线！❤️"),
            (0, "我从东边开车过来，可以带四个人"),
            (1, "place"),
            (1, "在这里集合，北口"),
            (2, "film"),
            (5, "file"),
            (5, "@白露 能帮忙看看末班车的时间吗？"),
            (0, "五点一刻和六点半，来得及。"),
            (1, "@所有人 周四晚上之前说一声来不来 🥾"),
        ),
        studio_talk=(
            (2, "新标签印好拿回来了"),
            (6, "怎么样？绿色准吗？"),
            (2, "比屏幕上暖一点，我反而更喜欢"),
            (3, "同意，就这样吧。"),
            (6, "那我今天把盒子订了"),
            (2, "record"),
            (6, "盒子订好了，周二到"),
        ),
        flat_talk=((5, "番茄明天要浇水，谁去？"), (6, "我去，上班之前")),
        book_talk=((4, "周五之前读完第九章？"), (7, "给我到周日吧，这章好长")),
        lines=(
            "谢谢，画框大小正合适！",
            "车修好了，再也不响了",
            "读第七章读得坐过站了",
            "排练七点开始，在小厅",
        ),
        place="中央车站北口",
        file="山脊线 地图与海拔图.pdf",
        draft="画框的事，我可以",
        sought="出发",
    ),
}
