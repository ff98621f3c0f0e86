/**
 * The emoji panel's content, by category. One line is one emoji: the sign, its Chinese and its English words.
 * `EMOJI` is what a panel shows; `findEmoji` searches the words in both languages.
 */
export interface Emoji {
  sign: string;
  zh: string;
  en: string;
}

export interface EmojiGroup {
  id: string;
  label: { 'zh-CN': string; en: string };
  items: readonly Emoji[];
}

const FACES = `
😀 大笑 grinning
😄 开心 happy
😁 嘿嘿 beaming
😆 哈哈 laughing
😅 尴尬笑 sweat smile
🤣 笑翻 rolling laughing
😂 笑哭 tears of joy
🙂 微笑 slight smile
😉 眨眼 wink
😊 害羞 blush
😇 天使 angel
🥰 喜爱 in love
😍 花痴 heart eyes
🤩 星星眼 star struck
😘 飞吻 blow kiss
😚 亲亲 kiss
😋 美味 yummy
😜 调皮 wink tongue
🤪 疯狂 zany
😎 酷 cool sunglasses
🤓 书呆子 nerd
🥳 庆祝 party
🤗 拥抱 hug
🤭 偷笑 giggle
🤫 嘘 quiet shush
🤔 思考 thinking
🫡 敬礼 salute
😐 面无表情 neutral
😑 无语 expressionless
🙄 翻白眼 roll eyes
😏 得意 smirk
😒 不爽 unamused
😬 龇牙 grimace
😌 安心 relieved
😔 失落 pensive
😪 困 sleepy
😴 睡觉 sleeping
😷 口罩 mask
🤒 发烧 sick fever
🤧 打喷嚏 sneeze
🥵 热 hot
🥶 冷 cold
😵 晕 dizzy
🤯 震惊 mind blown
😕 困惑 confused
😟 担心 worried
😮 惊讶 surprised
😳 脸红 flushed
🥺 可怜 pleading
😢 流泪 cry
😭 大哭 sob
😱 尖叫 scream
😤 哼 huff
😡 生气 angry
🤬 骂人 swearing
😈 坏笑 devil
💀 骷髅 skull
💩 便便 poop
🤡 小丑 clown
👻 幽灵 ghost
🤖 机器人 robot
🙈 不看 see no evil
🙊 不说 speak no evil`;

const HANDS = `
👍 赞 thumbs up
👎 踩 thumbs down
👌 好的 ok hand
✌️ 胜利 victory
🤞 好运 crossed fingers
🤟 爱你 love you
🤘 摇滚 rock
🤙 打电话 call me
👋 挥手 wave
🖐️ 手掌 hand
👏 鼓掌 clap
🙌 举手 raised hands
🤝 握手 handshake
🙏 感谢 please thanks
💪 加油 strong muscle
👊 拳头 fist bump
✊ 握拳 raised fist
👉 向右指 point right
👈 向左指 point left
👆 向上指 point up
👇 向下指 point down
🫶 比心 heart hands
🤌 捏手指 pinched fingers
✍️ 写字 writing
💅 美甲 nail polish
🤳 自拍 selfie
🙋 举手 raising hand
🤦 捂脸 facepalm
🤷 耸肩 shrug
🙇 鞠躬 bow
🏃 跑步 run
💃 跳舞 dance`;

const HEARTS = `
❤️ 红心 red heart
🧡 橙心 orange heart
💛 黄心 yellow heart
💚 绿心 green heart
💙 蓝心 blue heart
💜 紫心 purple heart
🖤 黑心 black heart
🤍 白心 white heart
💔 心碎 broken heart
💕 两颗心 two hearts
💖 闪亮的心 sparkling heart
💘 一箭穿心 cupid
💯 一百分 hundred
💢 怒 anger
💥 爆炸 boom
💦 汗 sweat
💤 睡着 zzz
💬 说话 speech
✨ 闪耀 sparkles
⭐ 星星 star
🌟 亮星 glowing star
🔥 火 fire
🎉 撒花 party popper
🎊 彩球 confetti
✅ 完成 done check
❌ 错 cross
❓ 疑问 question
❗ 感叹 exclamation
⚠️ 注意 warning
🚫 禁止 forbidden
💡 主意 idea
📌 图钉 pin`;

const NATURE = `
🐶 狗 dog
🐱 猫 cat
🐭 老鼠 mouse
🐰 兔子 rabbit
🦊 狐狸 fox
🐻 熊 bear
🐼 熊猫 panda
🐯 老虎 tiger
🦁 狮子 lion
🐮 牛 cow
🐷 猪 pig
🐸 青蛙 frog
🐵 猴子 monkey
🐔 鸡 chicken
🐧 企鹅 penguin
🦉 猫头鹰 owl
🐴 马 horse
🦄 独角兽 unicorn
🐝 蜜蜂 bee
🦋 蝴蝶 butterfly
🐢 乌龟 turtle
🐍 蛇 snake
🐉 龙 dragon
🐟 鱼 fish
🐳 鲸鱼 whale
🌹 玫瑰 rose
🌸 樱花 cherry blossom
🌻 向日葵 sunflower
🍀 四叶草 clover
🌲 树 tree
☀️ 太阳 sun
🌙 月亮 moon
⛅ 多云 cloudy
🌧️ 下雨 rain
⚡ 闪电 lightning
❄️ 雪花 snow
🌈 彩虹 rainbow`;

const FOOD = `
🍎 苹果 apple
🍉 西瓜 watermelon
🍓 草莓 strawberry
🍑 桃子 peach
🍌 香蕉 banana
🥑 牛油果 avocado
🌽 玉米 corn
🍚 米饭 rice
🍜 面条 noodles
🥟 饺子 dumpling
🍲 火锅 hot pot
🍢 烧烤 skewer
🍣 寿司 sushi
🍕 披萨 pizza
🍔 汉堡 burger
🍟 薯条 fries
🍗 鸡腿 chicken leg
🦐 虾 shrimp
🥚 鸡蛋 egg
🍞 面包 bread
🎂 生日蛋糕 birthday cake
🍰 蛋糕 cake
🍦 冰淇淋 ice cream
🍫 巧克力 chocolate
🍬 糖果 candy
🥮 月饼 moon cake
🍵 茶 tea
☕ 咖啡 coffee
🧋 奶茶 bubble tea
🍺 啤酒 beer
🍻 干杯 cheers
🍷 红酒 wine`;

const THINGS = `
⚽ 足球 football
🏀 篮球 basketball
🏓 乒乓球 table tennis
🏸 羽毛球 badminton
🎮 游戏 game
🎲 骰子 dice
🎵 音乐 music
🎤 唱歌 sing
🎬 电影 film
📷 照相机 camera
🎁 礼物 gift
🧧 红包 red envelope
🏮 灯笼 lantern
🎈 气球 balloon
🏆 奖杯 trophy
🥇 金牌 gold medal
💰 钱 money
💻 电脑 computer
📱 手机 phone
☎️ 电话 telephone
📚 书 books
✏️ 铅笔 pencil
📎 回形针 paper clip
📅 日历 calendar
⏰ 闹钟 alarm clock
🔑 钥匙 key
🔒 锁 lock
💊 药 pill
🚗 汽车 car
🚄 高铁 train
✈️ 飞机 plane
🚀 火箭 rocket
🚲 自行车 bicycle
🏠 家 home
🏢 公司 office
🏥 医院 hospital
🏖️ 海滩 beach
⛰️ 山 mountain`;

export const EMOJI: readonly EmojiGroup[] = [
  { id: 'faces', label: { 'zh-CN': '表情', en: 'Faces' }, items: read(FACES) },
  { id: 'hands', label: { 'zh-CN': '手势', en: 'Gestures' }, items: read(HANDS) },
  { id: 'hearts', label: { 'zh-CN': '符号', en: 'Symbols' }, items: read(HEARTS) },
  { id: 'nature', label: { 'zh-CN': '自然', en: 'Nature' }, items: read(NATURE) },
  { id: 'food', label: { 'zh-CN': '食物', en: 'Food' }, items: read(FOOD) },
  { id: 'things', label: { 'zh-CN': '物品', en: 'Things' }, items: read(THINGS) },
];

function read(lines: string): Emoji[] {
  return lines.trim().split('\n').map((line) => {
    const [sign = '', zh = '', ...en] = line.split(' ');
    return { sign, zh, en: en.join(' ') };
  });
}

/** Every emoji with `words` in its Chinese or English words; none for an empty text. */
export function findEmoji(words: string): Emoji[] {
  const wanted = words.trim().toLowerCase();
  if (!wanted) return [];
  return EMOJI.flatMap((group) => group.items).filter(({ zh, en }) => zh.includes(wanted) || en.includes(wanted));
}
