/** Written by tools/emoji.py from emojibase-data 17.0.0 (MIT, Unicode CLDR). Do not edit. */
export const LISTS: Record<string, string> = {
  faces: `
😀	大笑,嘿嘿,笑脸,脸,高兴	grinning face,cheerful,cheery,face,grin,grinning
😃	哈哈,太棒了,开口笑,开口笑脸,笑脸,脸	grinning face with big eyes,awesome,big,eyes,face,grin
😄	开心,大笑,哈哈,开口而笑的脸,笑,脸	grinning face with smiling eyes,eye,eyes,face,grin,grinning
😁	嘿嘿,嘻嘻,笑脸,笑颜,脸,露齿而笑	beaming face with smiling eyes,beaming,eye,eyes,face,grin
😆	哈哈,斜眼笑,lol,咧嘴笑,开心,眯眼	grinning squinting face,closed,eyes,face,grinning,haha
😅	尴尬笑,苦笑,冷汗,出汗,开口冒冷汗的脸,汗	grinning face with sweat,cold,dejected,excited,face,grinning
🤣	笑翻,笑得满地打滚,lolol,乐翻了,哈哈,地板	rolling on the floor laughing,crying,face,floor,funny,haha
😂	笑哭,笑哭了,lol,喜极而泣,大笑,眼泪	face with tears of joy,crying,face,feels,funny,haha
🙂	微笑,呵呵,开心,浅笑的脸,笑,脸	slightly smiling face,face,happy,slightly,smile,smiling
🙃	倒脸,好玩,好笑,脸,颠倒,颠倒的脸	upside-down face,face,hehe,smile,upside-down
🫠	融化,冷笑,哈哈,尴尬,微笑,消失	melting face,disappear,dissolve,embarrassed,face,haha
😉	眨眼,媚眼,撩拨,眨眼的脸,笑,脸	winking face,face,flirt,heartbreaker,sexy,slide
😊	害羞,羞涩微笑,微笑,满意,笑脸相迎,羞涩	smiling face with smiling eyes,blush,eye,eyes,face,glad
😇	天使,微笑天使,光环,天真,幻想,微笑	smiling face with halo,angel,angelic,angels,blessed,face
🥰	喜爱,喜笑颜开,三颗爱心的笑脸,心,我爱你,爱慕	smiling face with hearts,3,adore,crush,face,heart
😍	花痴,我爱你,爱,红心,脸	smiling face with heart-eyes,143,bae,eye,face,feels
🤩	星星眼,好崇拜哦,兴奋,咧嘴笑,满天星,满眼星	star-struck,excited,eyes,face,grinning,smile
😘	飞吻,亲亲,想你,我爱你,眨眼,脸	face blowing a kiss,adorbs,bae,blowing,face,flirt
😗	亲亲,亲吻,吻,脸	kissing face,143,date,dating,face,flirt
☺️	微笑,呵呵,开心,放松,笑,脸	smiling face,face,happy,outlined,relaxed,smile
😚	亲亲,羞涩亲亲,吻,我爱你,羞涩,脸	kissing face with closed eyes,143,bae,blush,closed,date
😙	微笑亲亲,亲亲,吻,微笑,笑颜亲吻,脸	kissing face with smiling eyes,143,closed,date,dating,eye
🥲	含泪的笑脸,喜悦,喜极而泣,幸福,微笑,微笑的	smiling face with tear,face,glad,grateful,happy,joy
😋	美味,好吃,口水,哈喇子,津津有味,流口水	face savoring food,delicious,eat,face,food,full
😛	吐舌,吐舌头的脸,太好了,脸,舌头,调皮	face with tongue,awesome,cool,face,nice,party
😜	调皮,单眼吐舌,单眼,古怪,吐舌,开玩笑	winking face with tongue,crazy,epic,eye,face,funny
🤪	疯狂,滑稽,大小眼,大眼,小眼,滑稽的脸	zany face,crazy,eye,eyes,face,goofy
😝	眯眼吐舌,可怕,吐舌,尝,眯眼,眼睛	squinting face with tongue,closed,eye,eyes,face,gross
🤑	发财,拜金,脸,见钱眼开,金钱至上,钱	money-mouth face,face,money,money-mouth,mouth,paid
🤗	拥抱,抱抱,抱,笑,脸	smiling face with open hands,face,hands,hug,hugging,open
🤭	偷笑,不说,不可说,傻笑,吃吃傻笑,哎呀	face with hand over mouth,face,giggle,giggling,hand,mouth
🫢	睁眼捂嘴,哇塞,哑口无言,害怕,尴尬,怀疑	face with open eyes and hand over mouth,amazement,awe,disbelief,embarrass,eyes
🫣	偷看,偷窥,凝视,害怕,害羞,尴尬	face with peeking eye,captivated,embarrass,eye,face,hide
🤫	嘘,安静的脸,嘘声手势的脸,安静	shushing face,face,quiet,shh,shush,shushing
🤔	思考,想一想,想,想事情,脸	thinking face,chin,consider,face,hmm,ponder
🫡	敬礼,致敬,军队,好,好的,收到	saluting face,face,good,luck,ma’am,ok
🤐	闭嘴,住嘴,嘴,封口,秘密,脸	zipper-mouth face,face,keep,mouth,quiet,secret
🤨	挑眉,不信任,不敢置信,不赞同,怀疑,氧起眉毛的脸	face with raised eyebrow,disapproval,disbelief,distrust,emoji,eyebrow
😐️	面无表情,冷漠,无感,脸,表情空洞	neutral face,awkward,blank,deadpan,expressionless,face
😑	无语,没有反应,绷着脸,脸,茫然,面无表情	expressionless face,awkward,dead,expressionless,face,fine
😶	沉默,嘴,安静,没嘴,秘密,脸	face without mouth,awkward,blank,expressionless,face,mouth
🫥	虚线脸,内向,无所谓,沮丧,消失,隐形	dotted line face,depressed,disappear,dotted,face,hidden
😶‍🌫️	迷茫	face in clouds,absentminded,clouds,face,fog,head
😏	得意,假笑,冷笑,得意的笑,脸,诡异地笑	smirking face,boss,dapper,face,flirt,homie
😒	不爽,不高兴,不屑,不服,不爽的脸,脸	unamused face,...,bored,face,fine,jealous
🙄	翻白眼,不敢苟同,无语,白眼,脸,随便啦	face with rolling eyes,eyeroll,eyes,face,rolling,shade
😬	龇牙,龇牙咧嘴,咬牙切齿,尴尬,牙医,脸	grimacing face,awk,awkward,dentist,face,grimace
😮‍💨	呼气,叹息,叹气,吹气,呼气的脸,唉	face exhaling,blow,blowing,exhale,exhaling,exhausted
🤥	说谎,匹诺曹,脸,长鼻子,长鼻子脸	lying face,face,liar,lie,lying,pinocchio
🫨	颤抖,哇,地震,天啊,惊喜,惊慌	shaking face,crazy,daze,earthquake,face,omg
😌	安心,松了口气,如释重负,松口气,脸,蝉	relieved face,calm,face,peace,relief,relieved
😔	失落,沉思,心事重重,忧虑,脸	pensive face,awful,bored,dejected,died,disappointed
😪	困,哭,想睡,满脸睡容,疲惫,睡觉	sleepy face,crying,face,good,night,sad
🤤	流口水,口水,垂涎,垂涎三尺,流口水的脸,脸	drooling face,drooling,face
😴	睡觉,睡着了,呼噜,小睡,想睡,打呼	sleeping face,bed,bedtime,face,good,goodnight
😷	口罩,感冒,医生,戴口罩,戴口罩的脸,生病	face with medical mask,cold,dentist,dermatologist,doctor,dr
🤒	发烧,体温计,咬着体温计的脸,温度计,生病,脸	face with thermometer,face,ill,sick,thermometer
🤕	受伤,头绑绷带,打绷带,脸	face with head-bandage,bandage,face,head-bandage,hurt,injury
🤢	恶心,吐,呕,恶心作呕的脸,脸,脸绿了	nauseated face,face,gross,nasty,nauseated,sick
🤮	呕吐,不舒服,吐,呕吐的脸,生病,病容	face vomiting,barf,ew,face,gross,puke
🤧	打喷嚏,喷嚏,打喷嚏的脸,生病,脸,鼻涕	sneezing face,face,fever,flu,gesundheit,sick
🥵	热,脸发烧,中暑,冒汗,出汗,发烧	hot face,dying,face,feverish,heat,hot
🥶	冷,冷脸,冰柱,冷冰冰,冻,冻僵	cold face,blue,blue-faced,cold,face,freezing
🥴	头昏眼花,两眼不平,喝醉,嘴唇颤抖,头晕目眩,头晕眼花	woozy face,dizzy,drunk,eyes,face,intoxicated
😵	晕,晕头转向,头晕,头晕眼花,晕头,晕头的脸	face with crossed-out eyes,crossed-out,dead,dizzy,eyes,face
😵‍💫	晕,哇,哎呀,头晕,笑脸,迷糊	face with spiral eyes,confused,dizzy,eyes,face,hypnotized
🤯	震惊,爆炸头,不可能,印象深刻,吓到了,惊吓	exploding head,blown,explode,exploding,head,mind
🤠	牛仔帽脸,帽,牛仔,脸	cowboy hat face,cowboy,cowgirl,face,hat
🥳	庆祝,聚会笑脸,号角,喝彩,帽子,派对	partying face,bday,birthday,celebrate,celebration,excited
🥸	伪装的脸,人物,伪装,眉毛,眼镜,胡子	disguised face,disguise,eyebrow,face,glasses,incognito
😎	酷,墨镜笑脸,墨镜,太阳镜,眼镜,耶	smiling face with sunglasses,awesome,beach,bright,bro,chilling
🤓	书呆子,书呆子脸,专家,天才,奇葩,宅男	nerd face,brainy,clever,expert,face,geek
🧐	带单片眼镜的脸,单眼镜,古板,奢华,富有,戴单眼镜的脸	face with monocle,classy,face,fancy,monocle,rich
😕	困惑,困扰,不懂,不确定,疑惑,脸	confused face,befuddled,confused,confusing,dunno,face
🫤	郁闷,不相信,不确定,困惑,失望,怀疑	face with diagonal mouth,confused,confusion,diagonal,disappointed,doubt
😟	担心,不高兴,伤心,忧心的脸,意外,担忧	worried face,anxious,butterflies,face,nerves,nervous
🙁	微微不满,不开心,不高兴,不高兴的脸,委屈,小委屈	slightly frowning face,face,frown,frowning,sad,slightly
☹️	不满,不爽,不高兴,委屈,皱眉,皱眉的脸	frowning face,face,frown,frowning,sad
😮	惊讶,吃惊,同情,啊,忘记,我不信	face with open mouth,believe,face,forgot,mouth,omg
😯	缄默,吃惊,哦,我的天,脸,静而无语	hushed face,epic,face,hushed,omg,stunned
😲	震惊,不可以,惊,惊讶,惊讶的脸,没可能	astonished face,astonished,cost,face,no,omg
😳	脸红,困惑,天呀,害羞,羞涩,脸	flushed face,amazed,awkward,crazy,dazed,dead
🥺	可怜,恳求的脸,可怜兮兮的眼神,大眼睛,小狗的脸,怜悯	pleading face,begging,big,eyes,face,mercy
🥹	忍住泪水,哭泣,喜极而泣,尴尬,悲伤,情绪	face holding back tears,admiration,aww,back,cry,embarrassed
😦	啊,惊讶,意外,目瞪口呆,脸	frowning face with open mouth,caught,face,frown,frowning,guard
😧	极度痛苦,痛,痛啊,痛苦,脸,难受	anguished face,anguished,face,forgot,scared,scary
😨	害怕,不安,怕,恐怖,恐惧,脸	fearful face,afraid,anxious,blame,face,fear
😰	冷汗,张嘴冒冷汗的脸,惊讶,无语,汗,焦虑	anxious face with sweat,anxious,blue,cold,eek,face
😥	失望但如释重负,下次吧,出冷汗,失望,失望但解脱,如释重负	sad but relieved face,anxious,call,close,complicated,disappointed
😢	流泪,哭,伤心,哀伤,哭脸,泪	crying face,awful,cry,crying,face,feels
😭	大哭,放声大哭,哭,放声大哭的脸,泪,痛哭	loudly crying face,bawling,cry,crying,face,loudly
😱	尖叫,吓死了,吓死,害怕,恐怖,惊吓大叫的脸	face screaming in fear,epic,face,fear,fearful,munch
😖	困惑,困惑的脸,焦头烂额,纠结,脸	confounded face,annoyed,confounded,confused,cringe,distraught
😣	痛苦,专注,入定,头痛,忍耐,脸	persevering face,concentrate,concentration,face,focus,headache
😞	失望,不高兴,失望的脸,脸,难过	disappointed face,awful,blame,dejected,disappointed,face
😓	汗,冒冷汗,冒汗,冷,尴尬,担心	downcast face with sweat,close,cold,downcast,face,feels
😩	累死了,疲倦,疲劳,疲惫,累,脸	weary face,crying,face,fail,feels,hungry
😫	累,倦容,疲倦,疲劳,疲惫,脸	tired face,cost,face,feels,nap,sad
🥱	打呵欠,呵欠,哈欠,困,困倦,夜里	yawning face,bedtime,bored,face,goodnight,nap
😤	哼,傲慢,不爽,愤怒,气炸了,胜利	face with steam from nose,anger,angry,face,feels,fume
😡	生气,怒火中烧,发火,发飙,怒,脸	enraged face,anger,angry,enraged,face,feels
😠	生气,不爽,不高兴,怒,愤怒,脸	angry face,anger,angry,blame,face,feels
🤬	骂人,嘴上有符号的脸,不爽,发誓,咒骂,生气	face with symbols on mouth,censor,cursing,cussing,face,mad
😈	坏笑,恶魔微笑,幻想,微笑,犄角,神话故事	smiling face with horns,demon,devil,evil,face,fairy
👿	生气的恶魔,带角的怒容,幻想,恶魔,犄角,脸	angry face with horns,angry,demon,devil,evil,face
💀	骷髅,头骨,妖怪,怪兽,死亡,神话故事	skull,body,dead,death,face,fairy
☠️	骷髅,交叉股骨,头骨,妖怪,怪物,死亡	skull and crossbones,bone,crossbones,dead,death,face
💩	便便,大便,好臭,屎,怪物,粑粑	pile of poo,bs,comic,doo,dung,face
🤡	小丑,小丑脸,脸	clown face,clown,face
👹	食人魔,吓人,妖怪,幻想,日本,神话故事	ogre,creature,devil,face,fairy,fairytale
👺	小妖精,妖怪,幻想,怪物,日本,神话故事	goblin,angry,creature,face,fairy,fairytale
👻	幽灵,鬼,万圣节,妖怪,幻想,怪物	ghost,boo,creature,excited,face,fairy
👽️	外星人,ufo,外太空,外星,太空,幻想	alien,creature,extraterrestrial,face,fairy,fairytale
👾	外星怪物,ufo,外星,外星人,太空,怪物	alien monster,alien,creature,extraterrestrial,face,fairy
🤖	机器人,怪物,脸	robot,face,monster
😺	大笑的猫,哈哈,大笑的猫脸,猫脸,笑,脸	grinning cat,animal,cat,face,grinning,mouth
😸	微笑的猫,呵呵,微笑的猫脸,猫脸,笑,笑颜逐开	grinning cat with smiling eyes,animal,cat,eye,eyes,face
😹	笑出眼泪的猫,喜极而泣,快乐,猫脸,眼泪,笑出眼泪	cat with tears of joy,animal,cat,face,joy,laugh
😻	花痴的猫,wc,喜欢,心,猫,猫脸	smiling cat with heart-eyes,animal,cat,eye,face,heart
😼	奸笑的猫,嘲讽笑容,奸笑,奸笑的猫脸,猫脸,脸	cat with wry smile,animal,cat,face,ironic,smile
😽	亲亲猫,亲亲,吻,猫脸,猫脸亲亲,脸	kissing cat,animal,cat,closed,eye,eyes
🙀	疲倦的猫,惊讶,猫脸,疲倦,疲倦的猫脸,疲劳	weary cat,animal,cat,face,oh,surprised
😿	哭泣的猫,哭,哭泣的猫脸,泪,猫脸,眼泪	crying cat,animal,cat,cry,crying,face
😾	生气的猫,猫脸,生气,生气的猫脸,脸	pouting cat,animal,cat,face,pouting
🙈	不看,非礼勿视,不许看,别看,尴尬,糗	see-no-evil monkey,embarrassed,evil,face,forbidden,forgot
🙉	非礼勿听,嘘,堵上耳朵,堵耳,猴子,脸	hear-no-evil monkey,animal,ears,evil,face,forbidden
🙊	非礼勿言,不许说,捂上嘴巴,捂嘴,秘密,脸	speak-no-evil monkey,animal,evil,face,forbidden,gesture
💌	情书,信,心,邮件	love letter,heart,letter,love,mail,romance
💘	一箭穿心,心中箭了,丘比特,我爱你,浪漫,爱情	heart with arrow,143,adorbs,arrow,cupid,date
💝	系有缎带的心,我爱你,爱的礼物,绑丝带的心,送你一颗心	heart with ribbon,143,anniversary,emotion,heart,ily
💖	闪亮的心,我爱你,激动,红心,闪亮	sparkling heart,143,emotion,excited,good,heart
💗	搏动的心,亲亲,吻,我爱你,搏动,激动	growing heart,143,emotion,excited,growing,heart
💓	心跳,心动,我爱你,爱	beating heart,143,beating,cardio,emotion,heart
💞	舞动的心,我爱你,旋转,涌动,跃动	revolving hearts,143,adorbs,anniversary,emotion,heart
💕	两颗心,我爱你,爱情	two hearts,143,anniversary,date,dating,emotion
💟	心型装饰,心,我爱你,装饰	heart decoration,143,decoration,emotion,heart,hearth
❣️	心叹号,叹号,心动,标点符号	heart exclamation,exclamation,heart,heavy,mark,punctuation
💔	心碎,伤心	broken heart,break,broken,crushed,emotion,heart
❤️‍🔥	火上之心,渴望,燃烧,爱	heart on fire,burn,fire,heart,love,lust
❤️‍🩹	修复受伤的心灵,修补,恢复,痊愈	mending heart,healthier,heart,improving,mending,recovering
❤️	红心,心,爱	red heart,emotion,heart,love,red
🩷	粉红色的心,可爱,喜欢,心,感情,我爱你	pink heart,143,adorable,cute,emotion,heart
🧡	橙心,橘心,橘色,橘色的心,橙	orange heart,143,heart,orange
💛	黄心,我爱你,黄	yellow heart,143,cardiac,emotion,heart,ily
💚	绿心,我爱你,绿	green heart,143,emotion,green,heart,ily
💙	蓝心,我爱你,蓝	blue heart,143,blue,emotion,heart,ily
🩵	浅蓝色的心,可爱,喜欢,天蓝,心,感情	light blue heart,143,blue,cute,cyan,emotion
💜	紫心,我爱你,紫	purple heart,143,bestest,emotion,heart,ily
🤎	棕心,心,心形,棕,棕色,棕色爱心	brown heart,143,brown,heart
🖤	黑心,心,邪恶,黑,黑色,黑色的心	black heart,black,evil,heart,wicked
🩶	灰心,心,感情,我爱你,暗灰,灰	grey heart,143,emotion,gray,grey,heart
🤍	白心,心,心形,爱心,白,白色	white heart,143,heart,white
💋	唇印,亲吻,吻,唇,性感,接吻	kiss mark,dating,emotion,heart,kiss,kissing
💯	一百分,100,满分,百分百,绝对,考试	hundred points,100,a+,agree,clearly,definitely
💢	怒,火大,生气,青筋	anger symbol,anger,angry,comic,mad,symbol
💥	爆炸,撞,旺,炸,爆	collision,bomb,boom,collide,comic,explode
💫	头晕,头晕目眩,星星,流星	dizzy,comic,shining,shooting,star,stars
💦	汗,汗滴,喷溅,小水滴,小水珠,泼贱	sweat droplets,comic,drip,droplet,droplets,drops
💨	尾气,扬尘而去,放屁,烟,疾驰而去,飞奔而去	dashing away,away,cloud,comic,dash,dashing
🕳️	洞,井盖,坑,陷阱	hole
💬	说话,话语气泡,发言,对话框,气泡,气泡对话框	speech balloon,balloon,bubble,comic,dialog,message
👁️‍🗨️	眼睛对话框,对话框,目擊,眼睛	eye in speech bubble,balloon,bubble,eye,speech,witness
🗨️	朝左的话语气泡,对话框,话语	left speech bubble,balloon,bubble,dialog,left,speech
🗯️	愤怒话语气泡,右倾愤怒对话框,对话框,愤怒	right anger bubble,anger,angry,balloon,bubble,mad
💭	内心活动气泡,对话框,思想,思想活动,想法,梦	thought balloon,balloon,bubble,cartoon,cloud,comic
💤	睡着,呼噜,困了,想睡,打呼,晚安	zzz,comic,good,goodnight,night,sleep`,
  people: `
+👋	挥手,你好,再见,嗨,在吗,手	waving hand,bye,cya,g2g,greetings,gtg
+🤚	立起的手背,举起,举起手背,手,手背,立起	raised back of hand,back,backhand,hand,raised
+🖐️	手掌,举起张开的手掌,击掌,布,手,禁止	hand with fingers splayed,finger,fingers,hand,raised,splayed
+✋️	举起手,举手,举起的手,五指,停,击掌	raised hand,5,five,hand,high,raised
+🖖	瓦肯举手礼,手,敬礼,斯波克,星际迷航,瓦肯	vulcan salute,finger,hand,hands,salute,vulcan
+🫱	向右的手,伸手,右,右手,向右,手	rightwards hand,hand,handshake,hold,reach,right
+🫲	向左的手,伸手,向左,左,左手,手	leftwards hand,hand,handshake,hold,left,leftward
+🫳	掌心向下的手,下投,手,扔掉,拿起,捡起	palm down hand,dismiss,down,drop,dropped,hand
+🫴	掌心向上的手,不知道,召唤,告诉我,手,拿着	palm up hand,beckon,catch,come,hand,hold
+🫷	向左推,中止,停止,击掌,向左,往左	leftwards pushing hand,block,five,halt,hand,high
+🫸	向右推,中止,停止,击掌,向右,往右	rightwards pushing hand,block,five,halt,hand,high
+👌	好的,OK,ok,ok 手势,可以,同意	ok hand,awesome,bet,dope,fleek,fosho
+🤌	捏手指,为什么,你到底在说什么,匮乏,审讯,强调	pinched fingers,fingers,gesture,hand,hold,huh
+🤏	捏合的手势,一点,一点点,小,少,少量	pinching hand,amount,bit,fingers,hand,little
+✌️	胜利,胜利手势,v,和平,成功,手	victory hand,hand,peace,v,victory
+🤞	好运,交叉的手指,交叉,幸运,手,手指	crossed fingers,cross,crossed,finger,fingers,hand
+🫰	食指与拇指交叉的手,响指,心,手,昂贵,比心	hand with index finger and thumb crossed,<3,crossed,expensive,finger,hand
+🤟	爱你,爱你的手势,三种,我爱你,手	love-you gesture,fingers,gesture,hand,ily,love
+🤘	摇滚,手,摇滚精神,燥起来,角,金属礼	sign of the horns,finger,hand,horns,rock-on,sign
+🤙	打电话,给我打电话,手,打电话给我,电话,给我打电话的手势	call me hand,call,hand,hang,loose,me
+👈️	向左指,反手食指向左指,反手,手,指左,食指	backhand index pointing left,backhand,finger,hand,index,left
+👉️	向右指,反手食指向右指,反手,手,指右,食指	backhand index pointing right,backhand,finger,hand,index,point
+👆️	向上指,反手食指向上指,反手,手,指上,食指	backhand index pointing up,backhand,finger,hand,index,point
+🖕	竖中指,中指,反手,手	middle finger,finger,hand,middle
+👇️	向下指,反手食指向下指,反手,手,指下,食指	backhand index pointing down,backhand,down,finger,hand,index
+☝️	食指向上指,向上指,手,指上,食指	index pointing up,finger,hand,index,point,pointing
+🫵	指向观察者的食指,伸出手指,你,戳,手指,指	index pointing at the viewer,at,finger,hand,index,pointing
+👍️	赞,拇指向上,同意,好,手,拇指	thumbs up,+1,good,hand,like,thumb
+👎️	踩,拇指向下,不赞成,反对,否决,手	thumbs down,-1,bad,dislike,down,good
+✊️	握拳,举起拳头,举拳,团结,手,拳头	raised fist,clenched,fist,hand,punch,raised
+👊	拳头,出拳,完全同意,手,打,拳	oncoming fist,absolutely,agree,boom,bro,bruh
+🤛	朝左的拳头,拳头,朝左	left-facing fist,fist,left-facing,leftwards
+🤜	朝右的拳头,手,拳头,朝右	right-facing fist,fist,right-facing,rightwards
+👏	鼓掌,干得好,恭喜,拍手,赞成	clapping hands,applause,approval,awesome,clap,congrats
+🙌	举手,举双手,击掌,双手,庆祝,手	raising hands,celebration,gesture,hand,hands,hooray
+🫶	比心,做成心形的双手,手,爱,爱你,爱心	heart hands,<3,hands,heart,love,you
+👐	张开双手,十,双手,摊手	open hands,hand,hands,hug,jazz,open
+🤲	掌心向上托起,双掌,双掌向上,希望,祈祷,祷告	palms up together,cupped,dua,hands,palms,pray
+🤝	握手,一言为定,会面,协议,君子协定	handshake,agreement,deal,hand,meeting,shake
+🙏	感谢,双手合十,合掌,感恩,拜托,祈求	folded hands,appreciate,ask,beg,blessed,bow
+✍️	写字,写,手,笔	writing hand,hand,write,writing
+💅	美甲,涂指甲油,修指甲,忙完了,护手,指甲油	nail polish,bored,care,cosmetics,done,makeup
+🤳	自拍,手机,相机	selfie,camera,phone
+💪	加油,肌肉,二头肌,健身房,强壮	flexed biceps,arm,beast,bench,biceps,bodybuilder
🦾	机械手臂,义肢,手臂,无障碍	mechanical arm,accessibility,arm,mechanical,prosthetic
🦿	机械腿,义肢,无障碍,腿	mechanical leg,accessibility,leg,mechanical,prosthetic
+🦵	腿,弯腿,肢体,脚,跛行,踢	leg,bent,foot,kick,knee,limb
+🦶	脚,足踝,踏,踝,踢,踩	foot,ankle,feet,kick,stomp
+👂️	耳朵,仔细听,听,耳	ear,body,ears,hear,hearing,listen
+🦻	戴助听器的耳朵,助听器,听力障碍,听障,失聪,无障碍	ear with hearing aid,accessibility,aid,ear,hard,hearing
+👃	鼻子,嗅,气味,闻,鼻	nose,body,noses,nosey,odor,smell
🧠	脑,大脑,头脑,智慧,智能,聪明	brain,intelligent,smart
🫀	心脏器官,中心,器官,心率,心脏,心脏病学	anatomical heart,anatomical,beat,cardiology,heart,heartbeat
🫁	肺,吸气,呼吸,呼吸作用,呼气,器官	lungs,breath,breathe,exhalation,inhalation,lung
🦷	牙齿,牙医,牙科医生,珍珠色,白色	tooth,dentist,pearly,teeth,white
🦴	骨头,叉骨,狗,骨骼	bone,bones,dog,skeleton,wishbone
👀	双眼,看,眼睛,窥视,身体	eyes,body,eye,face,googly,look
👁️	眼睛,单眼,看,眼,身体	eye,1,body,one
👅	舌头,啧啧地喝,舌,舔,身体	tongue,body,lick,slurp
👄	嘴,口,口红,吻,唇,唇膏	mouth,beauty,body,kiss,kissing,lips
🫦	咬住嘴唇,不舒服,口红,咬嘴唇,嘴唇,害怕	biting lip,anxious,bite,biting,fear,flirt
+👶	小宝贝,孩子,宝宝,小毛头	baby,babies,children,goo,infant,newborn
+🧒	儿童,中性,小孩,年轻人,性别不明,性别中立	child,bright-eyed,grandchild,kid,young,younger
+👦	男孩,儿童,孩子,小孩,男	boy,bright-eyed,child,grandson,kid,son
+👧	女孩,儿童,大眼女孩,女,女儿,孩子	girl,bright-eyed,child,daughter,granddaughter,kid
+🧑	成人,中性,性别中立,性格不明	person,adult
+👱	金色头发的人,人,脸,金发	person: blond hair,blond,blond-haired,human,person
+👨	男人,兄弟,成人,男	man,adult,bro
+🧔	有胡子的人,人,大胡子,男,络腮胡,胡子	person: beard,beard,bearded,person,whiskers
+🧔‍♂️	有络腮胡子的男人,男人,胡子	man: beard,beard,bearded,man,whiskers
+🧔‍♀️	有络腮胡子的女人,女人,胡子	woman: beard,beard,bearded,whiskers,woman
+👨‍🦰	男人: 红发,兄弟,成人,男,男人,红发	man: red hair,adult,bro,man,red hair
+👨‍🦱	男人: 卷发,兄弟,卷发,成人,男,男人	man: curly hair,adult,bro,curly hair,man
+👨‍🦳	男人: 白发,兄弟,成人,男,男人,白发	man: white hair,adult,bro,man,white hair
+👨‍🦲	男人: 秃顶,兄弟,成人,男,男人,秃顶	man: bald,adult,bald,bro,man
+👩	女人,女,淑女,金发	woman,adult,lady
+👩‍🦰	女人: 红发,女,女人,淑女,红发,金发	woman: red hair,adult,lady,red hair,woman
+🧑‍🦰	成人: 红发,中性,性别中立,性格不明,成人,红发	person: red hair,adult,person,red hair
+👩‍🦱	女人: 卷发,卷发,女,女人,淑女,金发	woman: curly hair,adult,curly hair,lady,woman
+🧑‍🦱	成人: 卷发,中性,卷发,性别中立,性格不明,成人	person: curly hair,adult,curly hair,person
+👩‍🦳	女人: 白发,女,女人,淑女,白发,金发	woman: white hair,adult,lady,white hair,woman
+🧑‍🦳	成人: 白发,中性,性别中立,性格不明,成人,白发	person: white hair,adult,person,white hair
+👩‍🦲	女人: 秃顶,女,女人,淑女,秃顶,金发	woman: bald,adult,bald,lady,woman
+🧑‍🦲	成人: 秃顶,中性,性别中立,性格不明,成人,秃顶	person: bald,adult,bald,person
+👱‍♀️	金发女,女,金发	woman: blond hair,blond,blond-haired,blonde,hair,woman
+👱‍♂️	金发男,男,金发	man: blond hair,blond,blond-haired,hair,man
+🧓	老年人,中性,性别不明,性别中性,成人,熟龄	older person,adult,elderly,grandparent,old,person
+👴	老爷爷,祖父,秃头,老人,老头	old man,adult,bald,elderly,gramps,grandfather
+👵	老奶奶,祖母,老人,老太	old woman,adult,elderly,grandma,grandmother,granny
+🙍	皱眉,不开心,不满,不爽,失望,心烦意乱	person frowning,annoyed,disappointed,disgruntled,disturbed,frown
+🙍‍♂️	皱眉男,不开心,男,皱眉,表情	man frowning,annoyed,disappointed,disgruntled,disturbed,frown
+🙍‍♀️	皱眉女,不开心,女,皱眉	woman frowning,annoyed,disappointed,disgruntled,disturbed,frown
+🙎	撅嘴,不开心,不高兴,低落,噘嘴,失望	person pouting,disappointed,downtrodden,frown,grimace,person
+🙎‍♂️	撅嘴男,不开心,噘嘴,男,表情	man pouting,disappointed,downtrodden,frown,grimace,man
+🙎‍♀️	撅嘴女,不开心,噘嘴,女	woman pouting,disappointed,downtrodden,frown,grimace,pouting
+🙅	禁止手势,不允许,不可能,不行,不通过,反对	person gesturing no,forbidden,gesture,hand,no,not
+🙅‍♂️	禁止手势男,不行,反对,男,禁止	man gesturing no,forbidden,gesture,hand,man,no
+🙅‍♀️	禁止手势女,不行,反对,女,禁止	woman gesturing no,forbidden,gesture,hand,no,not
+🙆	OK手势,ok,ok手势,同意,女子用手势表示好,好的	person gesturing ok,exercise,gesture,gesturing,hand,ok
+🙆‍♂️	OK手势男,ok,ok手势男,可以,同意,好的	man gesturing ok,exercise,gesture,gesturing,hand,man
+🙆‍♀️	OK手势女,ok,ok手势女,可以,同意,女	woman gesturing ok,exercise,gesture,gesturing,hand,ok
+💁	前台,介绍,伸手给小费,信息,八卦,帮助	person tipping hand,fetch,flick,flip,gossip,hand
+💁‍♂️	前台男,前台,嘲讽,小费,男	man tipping hand,fetch,flick,flip,gossip,hand
+💁‍♀️	前台女,前台,女	woman tipping hand,fetch,flick,flip,gossip,hand
+🙋	举手,举手的人,嗨,开心,我参加,我可以帮忙	person raising hand,gesture,hand,here,know,me
+🙋‍♂️	男生举手,举手,发问,手势,男	man raising hand,gesture,hand,here,know,man
+🙋‍♀️	女生举手,举手,女	woman raising hand,gesture,hand,here,know,me
+🧏	失聪者,听力,听力障碍,听障,无障碍,耳朵	deaf person,accessibility,deaf,ear,gesture,hear
+🧏‍♂️	失聪的男人,听力障碍,男,耳朵,聋	deaf man,accessibility,deaf,ear,gesture,hear
+🧏‍♀️	失聪的女人,听力障碍,女,耳朵,聋	deaf woman,accessibility,deaf,ear,gesture,hear
+🙇	鞠躬,不好意思,冥想,姿势,对不起,惭愧	person bowing,apology,ask,beg,bow,bowing
+🙇‍♂️	男生鞠躬,不好意思,对不起,男,道歉	man bowing,apology,ask,beg,bow,bowing
+🙇‍♀️	女生鞠躬,不好意思,女,对不起,道歉,静思	woman bowing,apology,ask,beg,bow,bowing
+🤦	捂脸,人,尴尬,恼怒,我的天哪,扶额	person facepalming,again,bewilder,disbelief,exasperation,facepalm
+🤦‍♂️	男生捂脸,尴尬,恼怒,我的天哪,扶额,捂脸	man facepalming,again,bewilder,disbelief,exasperation,facepalm
+🤦‍♀️	女生捂脸,女,女子捂脸,尴尬,恼怒,我的天哪	woman facepalming,again,bewilder,disbelief,exasperation,facepalm
+🤷	耸肩,不关心,不知道,人,天晓得,怀疑	person shrugging,doubt,dunno,guess,idk,ignorance
+🤷‍♂️	男生耸肩,不关心,不知道,天晓得,怀疑,我哪知	man shrugging,doubt,dunno,guess,idk,ignorance
+🤷‍♀️	女生耸肩,不关心,不知道,天晓得,女,女子耸肩	woman shrugging,doubt,dunno,guess,idk,ignorance
+🧑‍⚕️	卫生工作者,医生,护士,治疗师	health worker,doctor,health,healthcare,nurse,therapist
+👨‍⚕️	男医生,医护人员,医生,护士,治疗师,男	man health worker,doctor,health,healthcare,man,nurse
+👩‍⚕️	女医生,医护人员,医生,女,女人,女治疗师	woman health worker,doctor,health,healthcare,nurse,therapist
+🧑‍🎓	学生,毕业,毕业生	student,graduate
+👨‍🎓	男学生,学生,毕业,男	man student,graduate,man,student
+👩‍🎓	女学生,女,学生,毕业	woman student,graduate,student,woman
+🧑‍🏫	老师,教师,教授	teacher,instructor,lecturer,professor
+👨‍🏫	男老师,教师,教授,男,老师	man teacher,instructor,lecturer,man,professor,teacher
+👩‍🏫	女老师,女,教师,教授,老师	woman teacher,instructor,lecturer,professor,teacher,woman
+🧑‍⚖️	法官,法律	judge,justice,law,scales
+👨‍⚖️	男法官,正义,法官,法律,男	man judge,judge,justice,law,man,scales
+👩‍⚖️	女法官,女,正义,法官,法律	woman judge,judge,justice,law,scales,woman
+🧑‍🌾	农民,园丁	farmer,gardener,rancher
+👨‍🌾	农夫,农民,园丁,牧场主人,牧场工人,男	man farmer,farmer,gardener,man,rancher
+👩‍🌾	农妇,农民,园丁,女,牧场主人,牧场工	woman farmer,farmer,gardener,rancher,woman
+🧑‍🍳	厨师,做饭,大厨	cook,chef
+👨‍🍳	男厨师,做饭,厨师,大厨,男	man cook,chef,cook,man
+👩‍🍳	女厨师,做饭,厨师,大厨,女	woman cook,chef,cook,woman
+🧑‍🔧	技工,水管工,电工	mechanic,electrician,plumber,tradesperson
+👨‍🔧	男技工,技工,机械工,杂工,水管工,水管工人	man mechanic,electrician,man,mechanic,plumber,tradesperson
+👩‍🔧	女技工,修理工,女,技工,水电工,水管工	woman mechanic,electrician,mechanic,plumber,tradesperson,woman
+🧑‍🏭	工人,工业,工厂,装配	factory worker,assembly,factory,industrial,worker
+👨‍🏭	男工人,工业,工人,工厂,男,组装工	man factory worker,assembly,factory,industrial,man,worker
+👩‍🏭	女工人,女,工业,工人,工厂,装配	woman factory worker,assembly,factory,industrial,woman,worker
+🧑‍💼	白领,商人,建筑师,经理	office worker,architect,business,manager,office,white-collar
+👨‍💼	男白领,商人,建筑师,男,白领,经理	man office worker,architect,business,man,manager,office
+👩‍💼	女白领,人物,商人,女,建筑师,白领	woman office worker,architect,business,manager,office,white-collar
+🧑‍🔬	科学家,化学家,工程学家,物理学家,生物学家	scientist,biologist,chemist,engineer,mathematician,physicist
+👨‍🔬	男科学家,化学家,工程学家,工程师,数学家,物理学家	man scientist,biologist,chemist,engineer,man,mathematician
+👩‍🔬	女科学家,化学家,女,工程学家,工程师,数学家	woman scientist,biologist,chemist,engineer,mathematician,physicist
+🧑‍💻	程序员,发明,开发人员,码农,软件	technologist,coder,computer,developer,inventor,software
+👨‍💻	男程序员,发明家,工程师,开发人员,男,码农	man technologist,coder,computer,developer,inventor,man
+👩‍💻	女程序员,发明家,女,工程师,开发人员,码农	woman technologist,coder,computer,developer,inventor,software
+🧑‍🎤	歌手,摇滚歌手,明星,演员,艺人	singer,actor,entertainer,rock,rockstar,star
+👨‍🎤	男歌手,摇滚歌手,明星,歌手,男,男演员	man singer,actor,entertainer,man,rock,rockstar
+👩‍🎤	女歌手,女,摇滚歌手,明星,歌手,演员	woman singer,actor,entertainer,rock,rockstar,singer
+🧑‍🎨	艺术家,画家	artist,palette
+👨‍🎨	男艺术家,男,画家,艺术	man artist,artist,man,palette
+👩‍🎨	女艺术家,女,画家,艺术	woman artist,artist,palette,woman
+🧑‍✈️	飞行员,飞机	pilot,plane
+👨‍✈️	男飞行员,机长,男,飞机,飞行员	man pilot,man,pilot,plane
+👩‍✈️	女飞行员,女,机长,飞机,飞行员	woman pilot,pilot,plane,woman
+🧑‍🚀	宇航员,火箭	astronaut,rocket,space
+👨‍🚀	男宇航员,宇宙,宇航员,火箭,男,航天	man astronaut,astronaut,man,rocket,space
+👩‍🚀	女宇航员,女,宇宙,宇航员,火箭,航天	woman astronaut,astronaut,rocket,space,woman
+🧑‍🚒	消防员,消防车	firefighter,fire,firetruck
+👨‍🚒	男消防员,救火,消防,消防员,消防车,男	man firefighter,fire,firefighter,firetruck,man
+👩‍🚒	女消防员,女,救火,消防,消防员,消防车	woman firefighter,fire,firefighter,firetruck,woman
+👮	警察,交警,传唤,公安,卧底,武警	police officer,apprehend,arrest,citation,cop,law
+👮‍♂️	男警察,男,警官,警察	man police officer,apprehend,arrest,citation,cop,law
+👮‍♀️	女警察,交警,公安,卧底,女,武警	woman police officer,apprehend,arrest,citation,cop,law
+🕵️	侦探,特工,男,间谍	detective,sleuth,spy
+🕵️‍♂️	男侦探,侦探,男,间谍	man detective,detective,man,sleuth,spy
+🕵️‍♀️	女侦探,侦探,女,特工,间谍	woman detective,detective,sleuth,spy,woman
+💂	卫兵,伦敦,卫士,守卫,白金汉宫	guard,buckingham,helmet,london,palace
+💂‍♂️	男卫兵,卫兵,卫士,守卫,男	man guard,buckingham,guard,helmet,london,man
+💂‍♀️	女卫兵,卫兵,卫士,女,守卫	woman guard,buckingham,guard,helmet,london,palace
+🥷	忍者,人物,侠客,刺客,士兵,战斗	ninja,assassin,fight,fighter,hidden,person
+👷	建筑工人,包工头,头盔,安全帽,工人,工程师	construction worker,build,construction,fix,hardhat,hat
+👷‍♂️	男建筑工人,工人,建筑,男	man construction worker,build,construction,fix,hardhat,hat
+👷‍♀️	女建筑工人,头盔,女,工人,建筑	woman construction worker,build,construction,fix,hardhat,hat
+🫅	戴王冠的人,君主,君威,国王,王冠,王后	person with crown,crown,monarch,noble,person,regal
+🤴	王子,皇家	prince,crown,fairy,fairytale,fantasy,king
+👸	公主,皇冠,童话	princess,crown,fairy,fairytale,fantasy,queen
+👳	戴头巾的人,头巾	person wearing turban,person,turban,wearing
+👳‍♂️	戴头巾的男人,头巾,男	man wearing turban,man,turban,wearing
+👳‍♀️	戴头巾的女人,头巾,女,特本	woman wearing turban,turban,wearing,woman
+👲	戴瓜皮帽的人,人物,帽子,瓜皮帽	person with skullcap,cap,chinese,gua,guapi,hat
+🧕	带头饰的女人,头巾,希贾布,戴头巾的女人	woman with headscarf,bandana,head,headscarf,hijab,kerchief
+🤵	穿燕尾服的人,人,新郎,正式,燕尾服,男人	person in tuxedo,formal,person,tuxedo,wedding
+🤵‍♂️	穿礼服的男人,男人,礼服	man in tuxedo,formal,groom,man,tuxedo,wedding
+🤵‍♀️	穿礼服的女人,女人,礼服	woman in tuxedo,formal,tuxedo,wedding,woman
+👰	戴头纱的人,人,头纱,婚礼,戴头纱的新娘,新娘	person with veil,person,veil,wedding
+👰‍♂️	戴头纱的男人,头纱,男人	man with veil,man,veil,wedding
+👰‍♀️	戴头纱的女人,头纱,女人	woman with veil,bride,veil,wedding,woman
+🤰	孕妇,女人,怀孕,怀孕的女人	pregnant woman,pregnant,woman
+🫃	怀孕的男人,充满,吃撑,怀孕,男子,腹部	pregnant man,belly,bloated,full,man,overeat
+🫄	怀孕的人,充满,吃撑,怀孕,腹部,臃肿	pregnant person,belly,bloated,full,overeat,person
+🤱	母乳喂养,乳房,哺乳,喂奶,婴儿	breast-feeding,baby,breast,feeding,mom,mother
+👩‍🍼	哺乳的女人,人物,保姆,哺乳,喂养,女人	woman feeding baby,baby,feed,feeding,mom,mother
+👨‍🍼	哺乳的男人,人物,保姆,哺乳,哺育,喂养	man feeding baby,baby,dad,father,feed,feeding
+🧑‍🍼	哺乳的人,人,人物,保姆,哺乳,哺育	person feeding baby,baby,feed,feeding,nanny,newborn
+👼	小天使,儿童,天使,孩子	baby angel,angel,baby,church,face,fairy
+🎅	圣诞老人,圣诞,圣诞节,节日	santa claus,celebration,christmas,claus,fairy,fantasy
+🤶	圣诞奶奶,圣诞,圣诞节,节日	mrs. claus,celebration,christmas,claus,fairy,fantasy
+🧑‍🎄	圣诞人,人,人物,圣诞,圣诞帽,圣诞快乐	mx claus,celebration,christmas,claus,fairy,fantasy
+🦸	超级英雄,女英雄,女超人,好人,英雄,蝙蝠侠	superhero,good,hero,superpower
+🦸‍♂️	男超级英雄,好人,男人,英雄,超能力	man superhero,good,hero,man,superhero,superpower
+🦸‍♀️	女超级英雄,女人,好人,英雄,超能力	woman superhero,good,hero,heroine,superhero,superpower
+🦹	超级大坏蛋,人,坏蛋,大反派,恶魔,罪犯	supervillain,bad,criminal,evil,superpower,villain
+🦹‍♂️	男超级大坏蛋,坏蛋,男人,罪犯,超能力	man supervillain,bad,criminal,evil,man,superpower
+🦹‍♀️	女超级大坏蛋,坏蛋,女人,罪犯,超能力	woman supervillain,bad,criminal,evil,superpower,supervillain
+🧙	法师,召唤,女巫,女魔术师,巫师,智者	mage,fantasy,magic,play,sorcerer,sorceress
+🧙‍♂️	男法师,男巫,男魔术师	man mage,fantasy,mage,magic,man,play
+🧙‍♀️	女法师,女巫,女魔术师	woman mage,fantasy,mage,magic,play,sorcerer
+🧚	精灵,仙女,仙子,童话,翅膀	fairy,fairytale,fantasy,myth,person,pixie
+🧚‍♂️	仙人,仙男,天卫十五,天卫四,男精灵	man fairy,fairy,fairytale,fantasy,man,myth
+🧚‍♀️	仙女,女精灵,妖精王后	woman fairy,fairy,fairytale,fantasy,myth,person
+🧛	吸血鬼,万圣节,不死族,利牙,恐怖,毒牙	vampire,blood,dracula,fangs,halloween,scary
+🧛‍♂️	男吸血鬼,男不死族	man vampire,blood,fangs,halloween,man,scary
+🧛‍♀️	女吸血鬼,女不死族	woman vampire,blood,fangs,halloween,scary,supernatural
+🧜	人鱼,三叉戟,女人鱼,民间传说,海妖,海底	merperson,creature,fairytale,folklore,ocean,sea
+🧜‍♂️	男人鱼,特里同	merman,creature,fairytale,folklore,neptune,ocean
+🧜‍♀️	美人鱼,女人鱼	mermaid,creature,fairytale,folklore,merwoman,ocean
+🧝	小精灵,神秘,精灵,魔幻,魔法	elf,elves,enchantment,fantasy,folklore,magic
+🧝‍♂️	男小精灵,男性魔术	man elf,elf,elves,enchantment,fantasy,folklore
+🧝‍♀️	女小精灵,女性魔术	woman elf,elf,elves,enchantment,fantasy,folklore
🧞	妖怪,奇幻,愿望,擦拭神灯,杰尼,灯神	genie,djinn,fantasy,jinn,lamp,myth
🧞‍♂️	男妖怪,男神灵	man genie,djinn,fantasy,genie,jinn,lamp
🧞‍♀️	女妖怪,女神灵	woman genie,djinn,fantasy,genie,jinn,lamp
🧟	僵尸,万圣节,不死族,半死不活,吓人,行尸走肉	zombie,apocalypse,dead,halloween,horror,scary
🧟‍♂️	男僵尸,男行尸走肉	man zombie,apocalypse,dead,halloween,horror,man
🧟‍♀️	女僵尸,女行尸走肉	woman zombie,apocalypse,dead,halloween,horror,scary
🧌	穴居巨怪,幻想,怪兽,怪物,神话故事	troll,fairy,fantasy,monster,tale,trolling
+💆	按摩,享受按摩的人,头痛,放松,水疗,治疗	person getting massage,face,getting,headache,massage,person
+💆‍♂️	男生按摩,头痛,按摩,男,脸	man getting massage,face,getting,headache,man,massage
+💆‍♀️	女生按摩,女,按摩	woman getting massage,face,getting,headache,massage,relax
+💇	理发,剪头,发型,理发师,理发的人,美发	person getting haircut,barber,beauty,chop,cosmetology,cut
+💇‍♂️	男生理发,剪头,理发,男	man getting haircut,barber,beauty,chop,cosmetology,cut
+💇‍♀️	女生理发,剪头,女,理发	woman getting haircut,barber,beauty,chop,cosmetology,cut
+🚶	行人,压马路,徒步,散步,昂首阔步,竞走	person walking,amble,gait,hike,man,pace
+🚶‍♂️	男行人,徒步,男,走路	man walking,amble,gait,hike,man,pace
+🚶‍♀️	女行人,女,徒步,漫步,缓行,走	woman walking,amble,gait,hike,man,pace
+🧍	站立者,人物,站着,站着的人,站立	person standing,person,stand,standing
+🧍‍♂️	站立的男人,男,站着,站立	man standing,man,stand,standing
+🧍‍♀️	站立的女人,女,站着,站立	woman standing,stand,standing,woman
+🧎	下跪者,下跪,跪下,跪坐	person kneeling,kneel,kneeling,knees,person
+🧎‍♂️	跪下的男人,下跪,男,跪坐	man kneeling,kneel,kneeling,knees,man
+🧎‍♀️	跪下的女人,下跪,女,跪坐	woman kneeling,kneel,kneeling,knees,woman
+🧑‍🦯	拄盲杖的人,无障碍,盲	person with white cane,accessibility,blind,cane,person,probing
+👨‍🦯	拄盲杖的男人,拐杖,无障碍,男,男人,男子	man with white cane,accessibility,blind,cane,man,probing
+👩‍🦯	拄盲杖的女人,女,女人,女性,拐杖,无障碍	woman with white cane,accessibility,blind,cane,probing,white
+🧑‍🦼	坐电动轮椅的人,无障碍,轮椅	person in motorized wheelchair,accessibility,motorized,person,wheelchair
+👨‍🦼	坐电动轮椅的男人,无障碍,电动,男,男人,男子	man in motorized wheelchair,accessibility,man,motorized,wheelchair
+👩‍🦼	坐电动轮椅的女人,女,女人,女子,无障碍,电动	woman in motorized wheelchair,accessibility,motorized,wheelchair,woman
+🧑‍🦽	坐手动轮椅的人,无障碍,轮椅	person in manual wheelchair,accessibility,manual,person,wheelchair
+👨‍🦽	坐手动轮椅的男人,手动,无障碍,男,男人,男子	man in manual wheelchair,accessibility,man,manual,wheelchair
+👩‍🦽	坐手动轮椅的女人,女,女人,女子,手动,无障碍	woman in manual wheelchair,accessibility,manual,wheelchair,woman
+🏃	跑步,跑步者,匆忙,向前冲,奔跑,快跑	person running,fast,hurry,marathon,move,person
+🏃‍♂️	男生跑步,男,跑,马拉松	man running,fast,hurry,man,marathon,move
+🏃‍♀️	女生跑步,冲刺,女,比赛,跑,跑步	woman running,fast,hurry,marathon,move,quick
+💃	跳舞的女人,优雅,佛拉门戈,女人,女舞者,探戈	woman dancing,dance,dancer,dancing,elegant,festive
+🕺	跳舞的男人,佛拉门戈,男人,男舞者,舞者,跳舞	man dancing,dance,dancer,dancing,elegant,festive
+🕴️	西装革履的人,商务,正装,男,西装革履	person in suit levitating,business,levitating,person,suit
+👯	戴兔耳朵的人,兔子服,兔耳朵,双人舞,双胞胎,同好	people with bunny ears,bestie,bff,bunny,counterpart,dancer
+👯‍♂️	兔先生,兔耳朵,同好,永远的好朋友,派对,男生派对	men with bunny ears,bestie,bff,bunny,counterpart,dancer
+👯‍♀️	兔女郎,兔耳朵,女生派对,派对,聚会,跳舞	women with bunny ears,bestie,bff,bunny,counterpart,dancer
+🧖	蒸房里的人,在桑拿间的人,放松,桑拿,桑拿浴,蒸房	person in steamy room,day,luxurious,pamper,person,relax
+🧖‍♂️	蒸房里的男人,桑拿,男性桑拿	man in steamy room,day,luxurious,man,pamper,relax
+🧖‍♀️	蒸房里的女人,女性桑拿,桑拿	woman in steamy room,day,luxurious,pamper,relax,room
+🧗	攀爬的人,向上爬的人,攀岩,攀岩者,爬山,登山	person climbing,climb,climber,climbing,mountain,person
+🧗‍♂️	攀爬的男人,登山者	man climbing,climb,climber,climbing,man,mountain
+🧗‍♀️	攀爬的女人,登山者	woman climbing,climb,climber,climbing,mountain,rock
🤺	击剑选手,人,体育,击剑,剑	person fencing,fencer,fencing,person,sword
+🏇	赛马,三冠,赛马骑师,马,骑师,骑马	horse racing,horse,jockey,racehorse,racing,riding
⛷️	滑雪的人,滑雪,雪	skier,ski,snow
+🏂️	滑雪板,单板,单板滑雪,滑雪,雪	snowboarder,ski,snow,snowboard,sport
+🏌️	打高尔夫的人,pga,小鸟球,推杆进球,球,球座	person golfing,ball,birdie,caddy,driving,golf
+🏌️‍♂️	男生打高尔夫,男,高尔夫	man golfing,ball,birdie,caddy,driving,golf
+🏌️‍♀️	女生打高尔夫,女,高尔夫,高尔夫练球场	woman golfing,ball,birdie,caddy,driving,golf
+🏄️	冲浪,冲浪的人,冲浪者,波浪,海上运动,海洋	person surfing,beach,ocean,person,sport,surf
+🏄‍♂️	男生冲浪,冲浪,男	man surfing,beach,man,ocean,sport,surf
+🏄‍♀️	女生冲浪,冲浪,女,海滩	woman surfing,beach,ocean,person,sport,surf
+🚣	划艇,划桨,划船运动,木筏,河,泛舟湖上	person rowing boat,boat,canoe,cruise,fishing,lake
+🚣‍♂️	男生划船,划船,划艇,男,船	man rowing boat,boat,canoe,cruise,fishing,lake
+🚣‍♀️	女生划船,划船,划艇,女,船	woman rowing boat,boat,canoe,cruise,fishing,lake
+🏊️	游泳,游泳的人,游泳者,自由泳,运动,铁人三项	person swimming,freestyle,person,sport,swim,swimmer
+🏊‍♂️	男生游泳,游泳,男	man swimming,freestyle,man,sport,swim,swimmer
+🏊‍♀️	女生游泳,女,游泳	woman swimming,freestyle,man,sport,swim,swimmer
+⛹️	玩球,体育,全网无阻,打球,游戏,玩	person bouncing ball,athletic,ball,basketball,bouncing,championship
+⛹️‍♂️	男生玩球,球,男	man bouncing ball,athletic,ball,basketball,bouncing,championship
+⛹️‍♀️	女生玩球,女,女生打篮球,游戏,玩,球	woman bouncing ball,athletic,ball,basketball,bouncing,championship
+🏋️	举重,举重的人,举重运动员,举铁,健美者,力量举重	person lifting weights,barbell,bodybuilder,deadlift,lifter,lifting
+🏋️‍♂️	男生举重,举重,男	man lifting weights,barbell,bodybuilder,deadlift,lifter,lifting
+🏋️‍♀️	女生举重,举重,女,训练	woman lifting weights,barbell,bodybuilder,deadlift,lifter,lifting
+🚴	骑自行车,单车,脚踏车,自行车,自行车赛,自行车骑士	person biking,bicycle,bicyclist,bike,biking,cycle
+🚴‍♂️	男生骑自行车,单车,男,自行车,骑车	man biking,bicycle,bicyclist,bike,biking,cycle
+🚴‍♀️	女生骑自行车,单车,女,女生骑车,自行车,骑车	woman biking,bicycle,bicyclist,bike,biking,cycle
+🚵	骑山地车,体育竞技,单车,山,山地自行车,山地车	person mountain biking,bicycle,bicyclist,bike,biking,cycle
+🚵‍♂️	男生骑山地车,单车,山地车,男,自行车,骑山地车的人	man mountain biking,bicycle,bicyclist,bike,biking,cycle
+🚵‍♀️	女生骑山地车,单车,女,山地车,自行车,骑车	woman mountain biking,bicycle,bicyclist,bike,biking,cycle
+🤸	侧手翻,人,体操,体育,兴奋,快乐	person cartwheeling,active,cartwheel,cartwheeling,excited,flip
+🤸‍♂️	男生侧手翻,体操,侧手翻,兴奋,快乐,杂技	man cartwheeling,active,cartwheel,cartwheeling,excited,flip
+🤸‍♀️	女生侧手翻,体操,侧手翻,兴奋,女,女子侧手翻	woman cartwheeling,active,cartwheel,cartwheeling,excited,flip
+🤼	摔跤选手,人,体育,对决,打架,搏斗	people wrestling,combat,duel,grapple,people,ring
+🤼‍♂️	男生摔跤,对决,打架,搏斗,摔跤,摔跤比赛	men wrestling,combat,duel,grapple,men,ring
+🤼‍♀️	女生摔跤,女,女子摔跤,对决,打架,搏斗	women wrestling,combat,duel,grapple,ring,tournament
+🤽	水球,人,体育,水上足球,水上运动,游泳	person playing water polo,person,playing,polo,sport,swimming
+🤽‍♂️	男生玩水球,水上足球,水上运动,水球,游泳,男	man playing water polo,man,playing,polo,sport,swimming
+🤽‍♀️	女生玩水球,女,女子玩水球,水上足球,水上运动,水球	woman playing water polo,playing,polo,sport,swimming,water
+🤾	手球,人,体育,投,投球,抛	person playing handball,athletics,ball,catch,chuck,handball
+🤾‍♂️	男生玩手球,墙手球,手球,男	man playing handball,athletics,ball,catch,chuck,handball
+🤾‍♀️	女生玩手球,女,女子玩手球,手球,扔,投球	woman playing handball,athletics,ball,catch,chuck,handball
+🤹	抛接杂耍,一心多用,人,平衡,平衡艺术,抛接	person juggling,act,balance,balancing,handle,juggle
+🤹‍♂️	男生抛接杂耍,一心多用,平衡艺术,抛接球,操纵,杂技	man juggling,act,balance,balancing,handle,juggle
+🤹‍♀️	女生抛接杂耍,女,杂技,杂耍,颠球	woman juggling,act,balance,balancing,handle,juggle
+🧘	盘腿的人,冥想,放松,沉思,瑜伽,盘腿而坐	person in lotus position,cross,legged,legs,lotus,meditation
+🧘‍♂️	盘腿的男人,和尚,瑜伽男	man in lotus position,cross,legged,legs,lotus,man
+🧘‍♀️	盘腿的女人,尼姑,比丘尼,瑜伽女	woman in lotus position,cross,legged,legs,lotus,meditation
+🛀	洗澡的人,洗澡,浴盆,浴缸,澡盆,盆浴	person taking bath,bath,bathtub,person,taking,tub
+🛌	躺在床上的人,入睡,夜里,宾馆,晚安,酒店	person in bed,bed,bedtime,good,goodnight,hotel
🧑‍🤝‍🧑	手拉手的两个人,两个人手牵手,人,情侣,手,手牵手的人	people holding hands,bae,bestie,bff,couple,dating
+👭	手拉手的两个女人,两个女人,好朋友,情侣,手拉手,朋友	women holding hands,bae,bestie,bff,couple,dating
+👫	手拉手的一男一女,一男一女,情侣,手拉手,相恋	woman and man holding hands,bae,bestie,bff,couple,dating
+👬	手拉手的两个男人,两个男人,双子座,情侣,手拉手,朋友	men holding hands,bae,bestie,bff,boys,brothers
+💏	亲吻,宝贝,情侣,接吻,浪漫,约会	kiss,anniversary,babe,bae,couple,date
👩‍❤️‍💋‍👨	亲吻: 女人男人,亲吻,女人,宝贝,情侣,接吻	kiss: woman  man,anniversary,babe,bae,couple,date
👨‍❤️‍💋‍👨	亲吻: 男人男人,亲吻,宝贝,情侣,接吻,浪漫	kiss: man  man,anniversary,babe,bae,couple,date
👩‍❤️‍💋‍👩	亲吻: 女人女人,亲吻,女人,宝贝,情侣,接吻	kiss: woman  woman,anniversary,babe,bae,couple,date
+💑	情侣,恋爱,浪漫,红心,约会	couple with heart,anniversary,babe,bae,couple,dating
👩‍❤️‍👨	情侣: 女人男人,女人,恋爱,情侣,浪漫,男人	couple with heart: woman  man,anniversary,babe,bae,couple,dating
👨‍❤️‍👨	情侣: 男人男人,恋爱,情侣,浪漫,男人,红心	couple with heart: man  man,anniversary,babe,bae,couple,dating
👩‍❤️‍👩	情侣: 女人女人,女人,恋爱,情侣,浪漫,红心	couple with heart: woman  woman,anniversary,babe,bae,couple,dating
👨‍👩‍👦	家庭: 男人女人男孩,亲子,女人,家庭,父母和儿子,男人	family: man  woman  boy,boy,child,family,man,woman
👨‍👩‍👧	家庭: 男人女人女孩,亲子,女人,女孩,家庭,父母和儿子	family: man  woman  girl,child,family,girl,man,woman
👨‍👩‍👧‍👦	家庭: 男人女人女孩男孩,亲子,女人,女孩,家庭,父母和儿子	family: man  woman  girl  boy,boy,child,family,girl,man
👨‍👩‍👦‍👦	家庭: 男人女人男孩男孩,亲子,女人,家庭,父母和儿子,男人	family: man  woman  boy  boy,boy,child,family,man,woman
👨‍👩‍👧‍👧	家庭: 男人女人女孩女孩,亲子,女人,女孩,家庭,父母和儿子	family: man  woman  girl  girl,child,family,girl,man,woman
👨‍👨‍👦	家庭: 男人男人男孩,亲子,家庭,父母和儿子,男人,男孩	family: man  man  boy,boy,child,family,man
👨‍👨‍👧	家庭: 男人男人女孩,亲子,女孩,家庭,父母和儿子,男人	family: man  man  girl,child,family,girl,man
👨‍👨‍👧‍👦	家庭: 男人男人女孩男孩,亲子,女孩,家庭,父母和儿子,男人	family: man  man  girl  boy,boy,child,family,girl,man
👨‍👨‍👦‍👦	家庭: 男人男人男孩男孩,亲子,家庭,父母和儿子,男人,男孩	family: man  man  boy  boy,boy,child,family,man
👨‍👨‍👧‍👧	家庭: 男人男人女孩女孩,亲子,女孩,家庭,父母和儿子,男人	family: man  man  girl  girl,child,family,girl,man
👩‍👩‍👦	家庭: 女人女人男孩,亲子,女人,家庭,父母和儿子,男孩	family: woman  woman  boy,boy,child,family,woman
👩‍👩‍👧	家庭: 女人女人女孩,亲子,女人,女孩,家庭,父母和儿子	family: woman  woman  girl,child,family,girl,woman
👩‍👩‍👧‍👦	家庭: 女人女人女孩男孩,亲子,女人,女孩,家庭,父母和儿子	family: woman  woman  girl  boy,boy,child,family,girl,woman
👩‍👩‍👦‍👦	家庭: 女人女人男孩男孩,亲子,女人,家庭,父母和儿子,男孩	family: woman  woman  boy  boy,boy,child,family,woman
👩‍👩‍👧‍👧	家庭: 女人女人女孩女孩,亲子,女人,女孩,家庭,父母和儿子	family: woman  woman  girl  girl,child,family,girl,woman
👨‍👦	家庭: 男人男孩,亲子,家庭,父母和儿子,男人,男孩	family: man  boy,boy,child,family,man
👨‍👦‍👦	家庭: 男人男孩男孩,亲子,家庭,父母和儿子,男人,男孩	family: man  boy  boy,boy,child,family,man
👨‍👧	家庭: 男人女孩,亲子,女孩,家庭,父母和儿子,男人	family: man  girl,child,family,girl,man
👨‍👧‍👦	家庭: 男人女孩男孩,亲子,女孩,家庭,父母和儿子,男人	family: man  girl  boy,boy,child,family,girl,man
👨‍👧‍👧	家庭: 男人女孩女孩,亲子,女孩,家庭,父母和儿子,男人	family: man  girl  girl,child,family,girl,man
👩‍👦	家庭: 女人男孩,亲子,女人,家庭,父母和儿子,男孩	family: woman  boy,boy,child,family,woman
👩‍👦‍👦	家庭: 女人男孩男孩,亲子,女人,家庭,父母和儿子,男孩	family: woman  boy  boy,boy,child,family,woman
👩‍👧	家庭: 女人女孩,亲子,女人,女孩,家庭,父母和儿子	family: woman  girl,child,family,girl,woman
👩‍👧‍👦	家庭: 女人女孩男孩,亲子,女人,女孩,家庭,父母和儿子	family: woman  girl  boy,boy,child,family,girl,woman
👩‍👧‍👧	家庭: 女人女孩女孩,亲子,女人,女孩,家庭,父母和儿子	family: woman  girl  girl,child,family,girl,woman
🗣️	说话,剪影,头,脸,讲话,说话头	speaking head,face,head,silhouette,speak,speaking
👤	人像,剪影,半身,半身像	bust in silhouette,bust,mysterious,shadow,silhouette
👥	双人像,剪影,半身,半身像,朋友	busts in silhouette,bff,bust,busts,everyone,friend
🫂	人的拥抱,再见,友谊,告别,安慰,您好	people hugging,comfort,embrace,farewell,friendship,goodbye
👪️	家庭,亲子,父母和儿子	family,child
👣	脚印,在路上,赤脚,足迹	footprints,barefoot,clothing,footprint,omw,print`,
  nature: `
🐵	猴子,猴头,动物,猴	monkey face,animal,banana,face,monkey
🐒	猴子,猴	monkey,animal,banana
🦍	大猩猩,动物	gorilla,animal
🦧	红毛猩猩,动物,猩猩,猴,猴子,猿	orangutan,animal,ape,monkey
🐶	狗,狗脸,宠物,小狗,汪星人,脸	dog face,adorbs,animal,dog,face,pet
🐕️	狗,动物,宠物,小狗,汪星人	dog,animal,animals,dogs,pet
🦮	导盲犬,指引,无障碍,盲,盲人	guide dog,accessibility,animal,blind,dog,guide
🐕‍🦺	服务犬,工作犬,无障碍,服务,犬,狗	service dog,accessibility,animal,assistance,dog,service
🐩	贵宾犬,卷毛狗,毛茸茸,狗	poodle,animal,dog,fluffy
🐺	狼,头,狼头,脸	wolf,animal,face
🦊	狐狸,动物,头,狐狸的脸,脸	fox,animal,face
🦝	浣熊,动物,好奇,淘气,狡猾	raccoon,animal,curious,sly
🐱	猫,猫脸,宠物,猫咪,脸	cat face,animal,cat,face,kitten,kitty
🐈️	猫,宠物,小猫	cat,animal,animals,cats,kitten,pet
🐈‍⬛	黑猫,万圣节,不吉利,动物,喵,喵星人	black cat,animal,black,cat,feline,halloween
🦁	狮子,狮子头,狮子座,脸,黄道十二宫	lion,alpha,animal,face,leo,mane
🐯	老虎,老虎头,森林之王,脸	tiger face,animal,big,cat,face,predator
🐅	老虎,动物园,虎	tiger,animal,big,cat,predator,zoo
🐆	豹子,动物,猎豹,豹	leopard,animal,big,cat,predator,zoo
🐴	马,马头,盛装舞步	horse face,animal,dressage,equine,face,farm
🫎	驼鹿,动物,哺乳动物,鹿角,麋鹿	moose,alces,animal,antlers,elk,mammal
🫏	驴,倔强,动物,哺乳动物,固执的,犟	donkey,animal,ass,burro,hinny,mammal
🐎	马,动物,比赛,赛马,骑马	horse,animal,equestrian,farm,racehorse,racing
🦄	独角兽,头,独角兽头,脸	unicorn,face
🦓	斑马,条纹	zebra,animal,stripe
🦌	鹿,动物	deer,animal
🦬	大野牛,动物,欧洲野牛,水牛,牛,牦牛	bison,animal,buffalo,herd,wisent
🐮	牛,奶牛头,乳牛,奶牛,母牛,牛头	cow face,animal,cow,face,farm,milk
🐂	公牛,牛,金牛座,黄道十二宫	ox,animal,animals,bull,farm,taurus
🐃	水牛	water buffalo,animal,buffalo,water,zoo
🐄	奶牛,乳牛,牛	cow,animal,animals,farm,milk,moo
🐷	猪,猪头,八戒,脸	pig face,animal,bacon,face,farm,pig
🐖	猪,培根,猪肉	pig,animal,bacon,farm,pork,sow
🐗	野猪,动物,猪	boar,animal,pig
🐽	猪鼻子,猪,脸,闻,鼻,鼻子	pig nose,animal,face,farm,nose,pig
🐏	公羊,白羊座,羊,雄性,黄道十二宫	ram,animal,aries,horns,male,sheep
🐑	母羊,咩,毛茸茸,绵羊,羊,羊毛	ewe,animal,baa,farm,female,fluffy
🐐	山羊,摩羯座,黄道十二宫	goat,animal,capricorn,farm,milk,zodiac
🐪	骆驼,单峰,单峰驼,沙漠,驼峰	camel,animal,desert,dromedary,hump,one
🐫	双峰骆驼,双峰,沙漠,骆驼	two-hump camel,animal,bactrian,camel,desert,hump
🦙	美洲鸵,动物,原驼,小羊驼,无峰驼,羊毛	llama,alpaca,animal,guanaco,vicuña,wool
🦒	长颈鹿,斑点	giraffe,animal,spots
🐘	大象,动物,象	elephant,animal
🦣	猛犸,动物,大型,有绒毛的,灭绝,猛犸象	mammoth,animal,extinction,large,tusk,wooly
🦏	犀牛,动物	rhinoceros,animal
🦛	河马,动物	hippopotamus,animal,hippo
🐭	老鼠,老鼠头,鼠	mouse face,animal,face,mouse
🐁	老鼠,耗子,鼠	mouse,animal,animals
🐀	耗子,鼠	rat,animal
🐹	仓鼠,仓鼠头,啮齿,头,宠物,脸	hamster,animal,face,pet
🐰	兔子,兔子头,兔,兔宝宝,宠物	rabbit face,animal,bunny,face,pet,rabbit
🐇	兔子,兔,动物	rabbit,animal,bunny,pet
🐿️	松鼠,花栗鼠,金花鼠	chipmunk,animal,squirrel
🦫	海狸,动物,大板牙,母畜	beaver,animal,dam,teeth
🦔	刺猬,多刺	hedgehog,animal,spiny
🦇	蝙蝠,吸血鬼	bat,animal,vampire
🐻	熊,低吼,头,灰熊,熊头,熊脸	bear,animal,face,grizzly,growl,honey
🐻‍❄️	北极熊,北极,熊,白色	polar bear,animal,arctic,bear,polar,white
🐨	考拉,动物,有袋类动物,树袋熊,澳大利亚	koala,animal,australia,bear,down,face
🐼	熊猫,头,熊猫脸,猫熊,猫熊脸,胖达	panda,animal,bamboo,face
🦥	树懒,慢,懒,爬树,迟缓	sloth,lazy,slow
🦦	水獭,动物,好玩,捕鱼,爱开玩笑,獭	otter,animal,fishing,playful
🦨	臭鼬,熏,臭,鼬	skunk,animal,stink
🦘	袋鼠,动物,小袋鼠,有袋目动物,有袋类动物,澳洲	kangaroo,animal,joey,jump,marsupial
🦡	獾,动物,打扰,纠缠,蜜獾	badger,animal,honey,pester
🐾	爪印,爪,爪子,足迹	paw prints,feet,paw,paws,print,prints
🦃	火鸡,感恩节	turkey,bird,gobble,thanksgiving
🐔	鸡,动物	chicken,animal,bird,ornithology
🐓	公鸡,动物,鸡	rooster,animal,bird,ornithology
🐣	小鸡破壳,小鸡,破壳	hatching chick,animal,baby,bird,chick,egg
🐤	小鸡,鸡	baby chick,animal,baby,bird,chick,ornithology
🐥	正面朝向的小鸡,小鸡	front-facing baby chick,animal,baby,bird,chick,front-facing
🐦️	鸟,动物,鸟类学	bird,animal,ornithology
🐧	企鹅,南极,南极洲	penguin,animal,antarctica,bird,ornithology
🕊️	鸽,和平,和平象征,飞翔,鸟,鸽子	dove,bird,fly,ornithology,peace
🦅	鹰,老鹰,鸟	eagle,animal,bird,ornithology
🦆	鸭子,鸟,鸭	duck,animal,bird,ornithology
🦢	天鹅,丑小鸭,动物,小天鹅,鸟	swan,animal,bird,cygnet,duckling,ornithology
🦉	猫头鹰,睿智,鸟	owl,animal,bird,ornithology,wise
🦤	渡渡鸟,动物,灭绝,鸟	dodo,animal,bird,extinction,large,ornithology
🪶	羽毛,轻,飞,鸟	feather,bird,flight,light,plumage
🦩	火烈鸟,华丽,热带,红鹳,艳丽	flamingo,animal,bird,flamboyant,ornithology,tropical
🦚	孔雀,卖弄,招摇,色彩缤纷,雌孔雀,骄傲	peacock,animal,bird,colorful,ornithology,ostentatious
🦜	鹦鹉,剽窃,模仿,说话,鸟	parrot,animal,bird,ornithology,pirate,talk
🪽	翅膀,升天,天使,天使的,天堂的,神话	wing,angelic,ascend,aviation,bird,fly
🐦‍⬛	黑色的鸟,乌鸦,动物,喙,渡鸦,秃鼻乌鸦	black bird,animal,beak,bird,black,caw
🪿	鹅,傻,傻瓜,动物,嘎嘎叫声,家禽	goose,animal,bird,duck,flock,fowl
🐸	青蛙,动物,头,脸,青蛙头	frog,animal,face
🐊	鳄鱼	crocodile,animal,zoo
🐢	乌龟,龟,海龟,陆龟	turtle,animal,terrapin,tortoise
🦎	蜥蜴,爬行动物	lizard,animal,reptile
🐍	蛇,持票人,狡猾的人,蛇夫座,黄道十二宫	snake,animal,bearer,ophiuchus,serpent,zodiac
🐲	龙头,神话,童话,龙	dragon face,animal,dragon,face,fairy,fairytale
🐉	龙,中国,权力的游戏	dragon,animal,fairy,fairytale,knights,tale
🦕	蜥蜴类,万龙属,恐龙,梁龙,腕龙,雷龙	sauropod,brachiosaurus,brontosaurus,dinosaur,diplodocus
🦖	霸王龙,恐龙,暴龙,暴龙君主	t-rex,dinosaur,rex,t,t-rex,tyrannosaurus
🐳	鲸鱼,喷水的鲸,喷水,鲸	spouting whale,animal,beach,face,ocean,spouting
🐋	鲸鱼	whale,animal,beach,ocean
🐬	海豚,鸭脚板	dolphin,animal,beach,flipper,ocean
🦭	海豹,动物,海洋,海狮	seal,animal,lion,ocean,sea
🐟️	鱼,双鱼座,星座,黄道十二宫	fish,animal,dinner,fishes,fishing,pisces
🐠	热带鱼,热带,鱼	tropical fish,animal,fish,fishes,tropical
🐡	河豚,鱼	blowfish,animal,fish
🦈	鲨鱼,鱼,鲨	shark,animal,fish
🐙	章鱼,八爪,鱼	octopus,animal,creature,ocean
🐚	海螺,螺,螺旋	spiral shell,animal,beach,conch,sea,shell
🪸	珊瑚,气候变化,海洋,珊瑚礁,礁	coral,change,climate,ocean,reef,sea
🪼	水母,刺毛,动物,发光,哎哟,无脊椎动物	jellyfish,animal,aquarium,burn,invertebrate,jelly
🦀	蟹,巨蟹座,螃蟹,黄道十二宫	crab,cancer,zodiac
🦞	龙虾,浓汤,海鲜,红龙虾,贝类浓汤,钳	lobster,animal,bisque,claws,seafood
🦐	虾,甲壳,贝类水产,食物	shrimp,food,shellfish,small
🦑	乌贼,墨鱼,软体动物,食物,鱿鱼	squid,animal,food,mollusk
🦪	牡蛎,海鲜,珍珠,生蚝	oyster,diving,pearl
🐌	蜗牛,法国蜗牛	snail,animal,escargot,garden,nature,slug
🦋	蝴蝶,昆虫,漂亮,美丽	butterfly,insect,pretty
🐛	毛毛虫,昆虫,毛虫	bug,animal,garden,insect
🐜	蚂蚁	ant,animal,garden,insect
🐝	蜜蜂,勤劳,昆虫,蜂蜜	honeybee,animal,bee,bumblebee,honey,insect
🪲	甲虫,动物,昆虫,虫子	beetle,animal,bug,insect
🐞	瓢虫,昆虫,母	lady beetle,animal,beetle,garden,insect,lady
🦗	蟋蟀,昆虫,蚱蜢,蛐蛐	cricket,animal,bug,grasshopper,insect,orthoptera
🪳	蟑螂,动物,害虫,小强,昆虫,虫子	cockroach,animal,insect,pest,roach
🕷️	蜘蛛,昆虫	spider,animal,insect
🕸️	蜘蛛网,蛛网,蜘蛛	spider web,spider,web
🦂	蝎子,天蝎宫,天蝎座,黄道十二宫	scorpion,scorpio,scorpius,zodiac
🦟	蚊子,发烧,发热,昆虫,疟疾,疾病	mosquito,bite,disease,fever,insect,malaria
🪰	苍蝇,动物,害虫,疾病,腐烂,虫子	fly,animal,disease,insect,maggot,pest
🪱	蠕虫,动物,寄生虫,环节动物,蚯蚓	worm,animal,annelid,earthworm,parasite
🦠	细菌,变形虫,病毒,科学,阿米巴	microbe,amoeba,bacteria,science,virus
💐	花束,周年纪念,生日,罗曼史,鲜花	bouquet,anniversary,birthday,date,flower,love
🌸	樱花,花	cherry blossom,blossom,cherry,flower,plant,spring
💮	白花,花	white flower,flower,white
🪷	莲花,佛教,印度教,幽静,恬静,纯洁	lotus,beauty,buddhism,calm,flower,hinduism
🏵️	圆形花饰,光荣花,植物,花,花圈	rosette,plant
🌹	玫瑰,优雅,红玫瑰,花	rose,beauty,elegant,flower,love,plant
🥀	枯萎的花,凋谢,枯萎,花	wilted flower,dying,flower,wilted
🌺	芙蓉,木槿,植物,花	hibiscus,flower,plant
🌻	向日葵,太阳,太阳花,花	sunflower,flower,outdoors,plant,sun
🌼	开花,花,蒲公英	blossom,buttercup,dandelion,flower,plant
🌷	郁金香,开花,花	tulip,blossom,flower,growth,plant
🪻	风信子,春天,植物,灌木,矢车菊,紫丁香	hyacinth,bloom,bluebonnet,flower,indigo,lavender
🌱	幼苗,发芽,芽,苗	seedling,plant,sapling,sprout,young
🪴	盆栽植物,培育,房子,枯燥,植物,生长	potted plant,decor,grow,house,nurturing,plant
🌲	树,松树,圣诞树,常青树	evergreen tree,christmas,evergreen,forest,pine,tree
🌳	落叶树,树,落叶,落叶植物	deciduous tree,deciduous,forest,green,habitat,shedding
🌴	棕榈树,树,棕榈,热带	palm tree,beach,palm,plant,tree,tropical
🌵	仙人掌,干旱,植物,沙漠	cactus,desert,drought,nature,plant
🌾	稻子,稻,米,粮食,谷物	sheaf of rice,ear,grain,grains,plant,rice
🌿	药草,草药,香草	herb,leaf,plant
☘️	三叶草,爱尔兰,苜蓿,酢浆草	shamrock,irish,plant
🍀	四叶草,幸运,爱尔兰的	four leaf clover,4,clover,four,four-leaf,irish
🍁	枫叶,树叶,秋叶,落叶	maple leaf,falling,leaf,maple
🍂	落叶,叶,秋	fallen leaf,autumn,fall,fallen,falling,leaf
🍃	风吹叶落,叶子,树叶,随风飘舞	leaf fluttering in wind,blow,flutter,fluttering,leaf,wind
🪹	空巢,家,树枝,筑巢,鸟巢	empty nest,branch,empty,home,nest,nesting
🪺	有蛋的巢,树枝,筑巢,蛋,鸟,鸟巢	nest with eggs,bird,branch,egg,eggs,nest
🍄	蘑菇,毒蕈,真菌	mushroom,fungus,toadstool`,
  food: `
🍇	葡萄,水果	grapes,dionysus,fruit,grape
🍈	甜瓜,哈密瓜,水果,蜜瓜,香瓜	melon,cantaloupe,fruit
🍉	西瓜,水果	watermelon,fruit
🍊	橘子,柑桔,柑橘,桔子,水果,油桃	tangerine,c,citrus,fruit,nectarine,orange
🍋	柠檬,柑橘,水果,酸	lemon,citrus,fruit,sour
🍌	香蕉,水果,钾	banana,fruit,potassium
🍍	菠萝,水果,热带	pineapple,colada,fruit,pina,tropical
🥭	芒果,水果,热带,食物	mango,food,fruit,tropical
🍎	苹果,红苹果,健康,水果,熟,红	red apple,apple,diet,food,fruit,health
🍏	青苹果,水果,苹果,青	green apple,apple,fruit,green
🍐	梨,水果	pear,fruit
🍑	桃子,桃,水果	peach,fruit
🍒	樱桃,水果	cherries,berries,cherry,fruit,red
🍓	草莓,水果,浆果	strawberry,berry,fruit
🫐	蓝莓,水果,浆果,越桔,食物	blueberries,berries,berry,bilberry,blue,blueberry
🥝	猕猴桃,奇异果,水果,食物	kiwi fruit,food,fruit,kiwi
🍅	西红柿,水果,番茄,蔬菜	tomato,food,fruit,vegetable
🫒	橄榄,食物	olive,food
🥥	椰子,棕榈,菠萝椰子兰姆酒	coconut,colada,palm,piña
🥑	牛油果,鳄梨,水果,酪梨,食物,黄油果	avocado,food,fruit
🍆	茄子,蔬菜	eggplant,aubergine,vegetable
🥔	土豆,蔬菜,食物,马铃薯	potato,food,vegetable
🥕	胡萝卜,蔬菜,食物	carrot,food,vegetable
🌽	玉米,农作物,包谷,苞米	ear of corn,corn,crops,ear,farm,maize
🌶️	红辣椒,辣,辣椒	hot pepper,hot,pepper
🫑	灯笼椒,蔬菜,辣椒,青椒,食物	bell pepper,bell,capsicum,food,pepper,vegetable
🥒	黄瓜,泡菜,腌菜,蔬菜,食物	cucumber,food,pickle,vegetable
🥬	绿叶蔬菜,卷心菜,圆白菜,小白菜,甘蓝,生菜	leafy green,bok,burgers,cabbage,choy,green
🥦	西兰花,甘蓝,野生卷心菜	broccoli,cabbage,wild
🧄	蒜,佐料,大蒜,蒜头,调味	garlic,flavoring
🧅	洋葱,佐料,调味	onion,flavoring
🥜	花生,坚果,蔬菜,食物	peanuts,food,nut,peanut,vegetable
🫘	豆,肾,豆子,豆类,食物	beans,food,kidney,legume,small
🌰	栗子,杏仁	chestnut,almond,plant
🫚	姜,健康,啤酒,天然,根,根汁啤酒	ginger root,beer,ginger,health,herb,natural
🫛	豌豆荚,大豆,毛豆,素食者,荚,蔬菜	pea pod,beans,beanstalk,edamame,legume,pea
🍞	面包,一条面包,全麦面包,小麦,淀粉,烤面包	bread,carbs,food,grain,loaf,restaurant
🥐	羊角面包,新月形面包,法式,牛角面包,面包,食物	croissant,bread,breakfast,crescent,food,french
🥖	法式长棍面包,法式,法式长条面包,面包,食物	baguette bread,baguette,bread,food,french
🫓	扁面包,圆盘状烤饼,玉米饼,皮塔饼,薄脆饼,面包	flatbread,arepa,bread,food,gordita,lavash
🥨	椒盐卷饼,弯曲,扭曲食品,盘绕,缠绕,错综复杂	pretzel,convoluted,twisted
🥯	面包圈,奶酪酱,早餐,烘烤食品,硬面包圈,贝果	bagel,bakery,bread,breakfast,schmear
🥞	烙饼,煎饼,薄煎饼,薄饼,食物	pancakes,breakfast,crêpe,food,hotcake,pancake
🧇	华夫饼,松饼,格子饼,点心,烤,甜点	waffle,breakfast,indecisive,iron
🧀	芝士,奶酪,起司	cheese wedge,cheese,wedge
🍖	排骨,带骨的肉,肉,骨	meat on bone,bone,meat
🍗	鸡腿,家禽的腿,家禽,火鸡,饿,骨	poultry leg,bone,chicken,drumstick,hungry,leg
🥩	肉块,排骨,牛排,猪排,红肉,羊排	cut of meat,chop,cut,lambchop,meat,porkchop
🥓	培根,烟肉,熏肉,肉,背肯,食物	bacon,breakfast,food,meat
🍔	汉堡,吃,汉堡包,速食,食物,饿	hamburger,burger,eat,fast,food,hungry
🍟	薯条,快餐,油炸,食物	french fries,fast,food,french,fries
🍕	披萨,一片比萨,比萨,比萨饼,起司,辣味香肠	pizza,cheese,food,hungry,pepperoni,slice
🌭	热狗,香肠	hot dog,dog,frankfurter,hot,hotdog,sausage
🥪	三明治,面包	sandwich,bread
🌮	墨西哥卷饼,卷饼,墨西哥,墨西哥玉米卷,玉米卷饼	taco,mexican
🌯	墨西哥玉米煎饼,卷饼,墨西哥,墨西哥卷饼,玉米煎饼	burrito,mexican,wrap
🫔	墨西哥粽子,墨西哥,墨西哥饼,巴西粽,粽子,食物	tamale,food,mexican,pamonha,wrapped
🥙	夹心饼,大饼,夹心,沙拉三明治,炸豆丸子,烤肉串	stuffed flatbread,falafel,flatbread,food,gyro,kebab
🧆	炸豆丸子,中东蔬菜球,油炸鹰嘴豆饼,肉丸,鹰嘴豆	falafel,chickpea,meatball
🥚	鸡蛋,蛋,食物	egg,breakfast,food
🍳	煎蛋,一面老一面嫩的煎蛋,做菜,只煎一面老,平底锅,早餐	cooking,breakfast,easy,egg,fry,frying
🥘	装有食物的浅底锅,平底锅,浅底,炖菜,炖锅,煎锅	shallow pan of food,casserole,food,paella,pan,shallow
🍲	火锅,一锅食物,炖菜,锅,食物	pot of food,food,pot,soup,stew
🫕	奶酪火锅,奶酪,奶酪锅,巧克力,火锅,煮	fondue,cheese,chocolate,food,melted,pot
🥣	碗勺,早餐,燕麦,燕麦粥,碗中汤匙,碗和汤匙	bowl with spoon,bowl,breakfast,cereal,congee,oatmeal
🥗	绿色沙拉,沙拉,绿色蔬菜,食物	green salad,food,green,salad
🍿	爆米花,看电影	popcorn,corn,movie,pop
🧈	黄油,乳制品,牛奶	butter,dairy
🧂	盐,佐料瓶,味道,咸,火大,调味品	salt,condiment,flavor,mad,salty,shaker
🥫	罐头食品,罐头	canned food,can,canned,food
🍱	盒饭,便当,便当盒,食物	bento box,bento,box,food
🍘	米饼,米,米果,食物	rice cracker,cracker,food,rice
🍙	饭团,日式饭团,日本,米,食物	rice ball,ball,food,japanese,rice
🍚	米饭,主食,米,食物,饭	cooked rice,cooked,food,rice
🍛	咖喱饭,咖喱,食物,饭	curry rice,curry,food,rice
🍜	面条,拉面,河粉,热气腾腾,热气腾腾面碗,碗	steaming bowl,bowl,chopsticks,food,noodle,pho
🍝	意粉,意大利面,意面,肉丸,食物,餐厅	spaghetti,food,meatballs,pasta,restaurant
🍠	烤红薯,地瓜,烤地瓜,红薯,食物	roasted sweet potato,food,potato,roasted,sweet
🍢	烧烤,关东煮,串,卡博,海鲜,食物	oden,food,kebab,restaurant,seafood,skewer
🍣	寿司,食物	sushi,food
🍤	天妇罗,对虾,油炸,炸虾,虾	fried shrimp,fried,prawn,shrimp,tempura
🍥	鱼板,鱼,鱼饼	fish cake with swirl,cake,fish,food,pastry,restaurant
🥮	月饼,中秋节,秋,秋天,节日	moon cake,autumn,cake,festival,moon,yuèbǐng
🍡	团子,串,和果子,日本,甜点,糖葫芦	dango,dessert,japanese,skewer,stick,sweet
🥟	饺子,恩潘纳达,水饺,波兰饺子,煎饺	dumpling,empanada,gyōza,jiaozi,pierogi,potsticker
🥠	幸运饼干,签餅,算命,预言	fortune cookie,cookie,fortune,prophecy
🥡	外卖盒,中式外卖,外卖,外卖包装,外卖桶,外卖餐盒	takeout box,box,chopsticks,delivery,food,oyster
🍦	冰淇淋,圆筒冰激凌,圆筒冰淇淋,甜,甜点,霜淇淋	soft ice cream,cream,dessert,food,ice,icecream
🍧	刨冰,冰,冰沙,沙冰,甜,甜点	shaved ice,dessert,ice,restaurant,shaved,sweet
🍨	冰淇淋,冰,冰激凌,奶油,甜,甜点	ice cream,cream,dessert,food,ice,restaurant
🍩	甜甜圈,甜,甜点,食物	doughnut,breakfast,dessert,donut,food,sweet
🍪	饼干,巧克力片,曲奇,曲奇饼,甜点	cookie,chip,chocolate,dessert,sweet
🎂	生日蛋糕,庆祝,甜,甜点,生日,生日快乐	birthday cake,bday,birthday,cake,celebration,dessert
🍰	蛋糕,水果蛋糕,一片蛋糕,奶油,奶油酥饼,甜点	shortcake,cake,dessert,pastry,slice,sweet
🧁	纸杯蛋糕,烘焙食品,甜点,请客,面包店	cupcake,bakery,dessert,sprinkles,sugar,sweet
🥧	派,一片派,南瓜派,水果派,油酥点心,糕点	pie,apple,filling,fruit,meat,pastry
🍫	巧克力,万圣节,巧克力棒,甜,甜品,甜点	chocolate bar,bar,candy,chocolate,dessert,halloween
🍬	糖果,糖,万圣节,嗜甜食,爱吃甜食,甜	candy,cavities,dessert,halloween,restaurant,sweet
🍭	棒棒糖,果子,甜,糖,糖果	lollipop,candy,dessert,food,restaurant,sweet
🍮	奶黄,卡士达,甜点,蛋奶冻,蛋奶沙司	custard,dessert,pudding,sweet
🍯	蜂蜜,小熊维尼,桶,甜,蜜罐	honey pot,barrel,bear,food,honey,honeypot
🍼	奶瓶,奶,婴儿,新生儿	baby bottle,babies,baby,birth,born,bottle
🥛	一杯奶,喝,奶,杯,牛奶	glass of milk,drink,glass,milk
☕️	咖啡,热饮,早晨,星巴克,热气腾腾,茶	hot beverage,beverage,cafe,caffeine,chai,coffee
🫖	茶壶,冲泡,壶,茶,食物	teapot,brew,drink,food,pot,tea
🍵	茶,热茶,乌龙茶,无柄茶杯,杯,没有把手的茶杯	teacup without handle,beverage,cup,drink,handle,oolong
🍶	清酒,喝酒,清酒杯,清酒瓶,瓶,酒	sake,bar,beverage,bottle,cup,drink
🍾	开香槟,喝酒,庆祝,木塞,瓶子,砰	bottle with popping cork,bar,bottle,cork,drink,popping
🍷	葡萄酒,俱乐部,喝酒,酒,酒吧,酒杯	wine glass,alcohol,bar,beverage,booze,club
🍸️	鸡尾酒,俱乐部,喝酒,杯,玻璃杯,酒	cocktail glass,alcohol,bar,booze,club,cocktail
🍹	热带水果饮料,俱乐部,喝酒,热带饮料,酒,酒吧	tropical drink,alcohol,bar,booze,club,cocktail
🍺	啤酒,啤酒节,喝酒,杯,酒,酒吧	beer mug,alcohol,ale,bar,beer,booze
🍻	干杯,啤酒,喝酒,碰杯,酒,酒吧	clinking beer mugs,alcohol,bar,beer,booze,bottoms
🥂	碰杯,喝,干杯,庆祝,杯	clinking glasses,celebrate,clink,clinking,drink,glass
🥃	平底杯,一杯威士忌,威士忌,平底无脚杯,杯,玻璃杯	tumbler glass,glass,liquor,scotch,shot,tumbler
🫗	倾倒液体,倒出,倾倒,洒出,流出,玻璃杯	pouring liquid,accident,drink,empty,glass,liquid
🥤	带吸管杯,带吸管的杯子,果汁,水,汽水,苏打	cup with straw,cup,drink,juice,malt,soda
🧋	奶茶,珍珠奶茶,泡泡,牛奶,珍珠,茶	bubble tea,boba,bubble,food,milk,pearl
🧃	饮料盒,吸管,果汁,果汁盒,甜味,盒装	beverage box,beverage,box,juice,straw,sweet
🧉	马黛茶,茶,饮料	mate,drink
🧊	冰块,冰,冰冷,冰山,冷,冷却	ice,cold,cube,iceberg
🥢	筷子,箸	chopsticks,hashi,jeotgarak,kuaizi
🍽️	餐具,做菜,刀,刀叉与盘,叉,晚餐	fork and knife with plate,cooking,dinner,eat,fork,knife
🍴	刀叉,中餐,刀,午餐,叉,吃	fork and knife,breakfast,breaky,cooking,cutlery,delicious
🥄	匙,勺,勺子,匙子,汤匙,调羹	spoon,eat,tableware
🔪	菜刀,主厨,刀,武器,烹饪	kitchen knife,chef,cooking,hocho,kitchen,knife
🫙	罐,容器,瓶子,空,空瓶,调味品	jar,condiment,container,empty,nothing,sauce
🏺	双耳瓶,壶,水瓶,罐	amphora,aquarius,cooking,drink,jug,tool`,
  travel: `
🌍️	地球上的欧洲非洲,世界,地球,欧洲,非洲	globe showing europe-africa,africa,earth,europe,europe-africa,globe
🌎️	地球上的美洲,世界,全球,地球,美洲	globe showing americas,americas,earth,globe,showing,world
🌏️	地球上的亚洲澳洲,世界,亚洲,亚澳,全球,地球	globe showing asia-australia,asia,asia-australia,australia,earth,globe
🌐	带经纬线的地球,世界,全球,地球,子午线,经纬	globe with meridians,earth,globe,internet,meridians,web
🗺️	世界地图,世界,地图	world map,map,world
🗾	日本地图,地图,日本	map of japan,japan,map
🧭	指南针,定向,导航,方向,磁性,罗盘	compass,direction,magnetic,navigation,orienteering
🏔️	雪山,冷,山,泠,雪,雪封山头	snow-capped mountain,cold,mountain,snow,snow-capped
⛰️	山,峰	mountain
🌋	火山,喷发,大自然,山,爆发	volcano,eruption,mountain,nature
🗻	富士山,大自然,山	mount fuji,fuji,mount,mountain,nature
🏕️	露营,帐篷	camping
🏖️	海滩,沙滩伞,伞,有伞的海滩,沙滩,阳伞	beach with umbrella,beach,umbrella
🏜️	沙漠,荒漠	desert
🏝️	无人荒岛,岛,沙滩孤岛,沙漠,荒岛	desert island,desert,island
🏞️	国家公园,公园,自然,风景	national park,national,park
🏟️	体育馆,竞技场	stadium
🏛️	古典建筑,古典,古建筑	classical building,building,classical
🏗️	施工,兴建,建筑施工	building construction,building,construction,crane
🧱	砖,墙,砂浆,黏土	brick,bricks,clay,mortar,wall
🪨	岩石,固体,坚不可摧,巨石,石头	rock,boulder,heavy,solid,stone,tough
🪵	木头,原木,圆木,木材,木桩	wood,log,lumber,timber
🛖	小屋,圆屋,家,茅屋,蒙古包	hut,home,house,roundhouse,shelter,yurt
🏘️	房屋建筑,住宅,小区,房,房子	houses,house
🏚️	废墟,废屋,荒宅,荒废,鬼屋	derelict house,derelict,home,house
🏠️	家,房子,乡村家园,住家,建筑,心之所在	house,building,country,heart,home,ranch
🏡	别墅,乡村家园,住家,家,庭院,庭院居家	house with garden,building,country,garden,heart,home
🏢	公司,办公楼,写字楼,建筑	office building,building,city,cubical,job,office
🏣	日本邮局,建筑,日本,邮便,邮局	japanese post office,building,japanese,office,post
🏤	邮局,建筑,欧洲,欧洲邮局	post office,building,european,office,post
🏥	医院,医生,医药,建筑,看病	hospital,building,doctor,medicine
🏦	银行,建筑	bank,building
🏨	酒店,建筑,旅馆	hotel,building
🏩	情人酒店,建筑,情人旅馆,情侣酒店,旅馆	love hotel,building,hotel,love
🏪	便利店,24 小时,商店,建筑	convenience store,24,building,convenience,hours,store
🏫	学校,建筑,教学楼	school,building
🏬	商场,建筑,百货公司,百货商城,百货商店	department store,building,department,store
🏭️	工厂,建筑	factory,building
🏯	日本城堡,城堡,建筑,日本	japanese castle,building,castle,japanese
🏰	欧洲城堡,城堡,建筑,欧洲	castle,building,european
💒	婚礼,教堂,浪漫,结婚	wedding,chapel,hitched,nuptials,romance
🗼	东京塔,东京,塔	tokyo tower,tokyo,tower
🗽	自由女神像,塑像,纽约,自由,雕塑	statue of liberty,liberty,new,ny,nyc,statue
⛪️	教堂,基督,基督教,宗教,小教堂	church,bless,chapel,christian,cross,religion
🕌	清真寺,伊斯兰,宗教,穆斯林	mosque,islam,masjid,muslim,religion
🛕	印度寺庙,佛寺,佛教,寺庙,寺院,庙宇	hindu temple,hindu,temple
🕍	犹太教堂,会堂,宗教,犹太,犹太教	synagogue,jew,jewish,judaism,religion,temple
⛩️	神社,宗教,日本,神道教	shinto shrine,religion,shinto,shrine
🕋	克尔白,伊斯兰,天房,宗教,穆斯林	kaaba,hajj,islam,muslim,religion,umrah
⛲️	喷泉	fountain
⛺️	帐篷,露营	tent,camping
🌁	有雾,雾,霾	foggy,fog
🌃	夜晚,星空,晚上	night with stars,night,star,stars
🏙️	城市风光,城市,都市,都市景观,高楼大厦	cityscape,city
🌄	山顶日出,太阳,山,日出,早晨,清晨	sunrise over mountains,morning,mountains,over,sun,sunrise
🌅	日出,大自然,太阳,早晨,清晨	sunrise,morning,nature,sun
🌆	城市黄昏,城市,夜晚,日落,都市,黄昏	cityscape at dusk,at,building,city,cityscape,dusk
🌇	日落,夕阳	sunset,building,dusk,sun
🌉	夜幕下的桥,夜幕,晚上,桥	bridge at night,at,bridge,night
♨️	温泉,水,泉,热气腾腾,蒸汽	hot springs,hot,hotsprings,springs,steaming
🎠	旋转木马,木马,游乐园	carousel horse,carousel,entertainment,horse
🛝	游乐场滑梯,游乐园,游乐场,滑梯,玩,玩耍	playground slide,amusement,park,play,playground,playing
🎡	摩天轮,游乐园	ferris wheel,amusement,ferris,park,theme,wheel
🎢	过山车,游乐园	roller coaster,amusement,coaster,park,roller,theme
💈	理发店,旋转,柱,理发,理发师,理发店旋转彩柱	barber pole,barber,cut,fresh,haircut,pole
🎪	马戏团帐篷,帐篷,马戏团	circus tent,circus,tent
🚂	蒸汽火车,守车,旅行,火车,火车头,蒸汽	locomotive,caboose,engine,railway,steam,train
🚃	轨道车,旅行,电车,铁路	railway car,car,electric,railway,train,tram
🚄	高铁,高速列车,动车,新干线,火车,速度	high-speed train,high-speed,railway,shinkansen,speed,train
🚅	子弹头高速列车,动车,子弹列车,子弹头,新干线,火车	bullet train,bullet,high-speed,nose,railway,shinkansen
🚆	火车,到站,呜呜,铁路	train,arrived,choo,railway
🚇️	地铁,捷运	metro,subway,travel
🚈	轻轨,到站,单轨电车,火车	light rail,arrived,light,monorail,rail,railway
🚉	车站,地铁,捷运,火车,铁路	station,railway,train
🚊	路面电车,捷运,电车	tram,trolleybus
🚝	单轨,单轨电车,火车	monorail,vehicle
🚞	山区铁路,山区,山地铁路,火车,铁路	mountain railway,car,mountain,railway,trip
🚋	有轨电车,轨道	tram car,bus,car,tram,trolley,trolleybus
🚌	公交车,公交,公共汽车,大巴	bus,school,vehicle
🚍️	迎面驶来的公交车,公交,公共汽车,大巴,迎面驶来	oncoming bus,bus,cars,oncoming
🚎	无轨电车,公共汽车,电车	trolleybus,bus,tram,trolley
🚐	小巴,公共汽车,开车,移动房车	minibus,bus,drive,van,vehicle
🚑️	救护车,急救,车辆	ambulance,emergency,vehicle
🚒	消防车,救火车,火灾	fire engine,engine,fire,truck
🚓	警车,巡逻,檀岛警騎,汽车,警察	police car,5–0,car,cops,patrol,police
🚔️	迎面驶来的警车,汽车,警察,警车	oncoming police car,car,oncoming,police
🚕	出租车,小黄,开车,汽车,的士,计程车	taxi,cab,cabbie,car,drive,vehicle
🚖	迎面驶来的出租车,优步,出租车,叫车,小黄,开车	oncoming taxi,cab,cabbie,cars,drove,hail
🚗	汽车,开车,轿车	automobile,car,driving,vehicle
🚘️	迎面驶来的汽车,开车,汽车,轿车,迎面而来	oncoming automobile,automobile,car,cars,drove,oncoming
🚙	运动型多用途车,suv,休旅车,休闲车,开车,房车	sport utility vehicle,car,drive,recreational,sport,sportutility
🛻	敞蓬小型载货卡车,交通工具,卡车,汽车,皮卡,车	pickup truck,automobile,car,flatbed,pick-up,pickup
🚚	货车,卡车,开车,送货	delivery truck,car,delivery,drive,truck,vehicle
🚛	铰接式货车,卡车,拖车,搬运,货车,铰接式卡车	articulated lorry,articulated,car,drive,lorry,move
🚜	拖拉机	tractor,vehicle
🏎️	赛车,汽车,疾驰,跑车	racing car,car,racing,zoom
🏍️	摩托车,摩托,赛车	motorcycle,racing
🛵	小型摩托车,摩托车,踏板车	motor scooter,motor,scooter
🦽	手动轮椅,无障碍,轮椅	manual wheelchair,accessibility,manual,wheelchair
🦼	电动轮椅,无障碍,轮椅	motorized wheelchair,accessibility,motorized,wheelchair
🛺	三轮摩托车,三脚鸡,三蹦子,嘟嘟车,电动三轮车,自动人力车	auto rickshaw,auto,rickshaw,tuk
🚲️	自行车,单车,脚踏车,自行车骑士,飞驰,骑车	bicycle,bike,class,cycle,cycling,cyclist
🛴	滑板车	kick scooter,kick,scooter
🛹	滑板,板,踩滑板	skateboard,board,skate,skater,wheels
🛼	四轮滑冰鞋,旱冰,溜冰,溜冰鞋,滑冰,轮式	roller skate,blades,roller,skate,skates,sport
🚏	公交车站,公交站,公共汽车站	bus stop,bus,busstop,stop
🛣️	高速公路,公路	motorway,highway,road
🛤️	铁轨,火车,铁路	railway track,railway,track,train
🛢️	石油桶,桶,油桶,石油	oil drum,drum,oil
⛽️	油泵,加油,加油站,柴油,燃料,燃油	fuel pump,diesel,fuel,fuelpump,gas,gasoline
🛞	车轮,圆圈,汽车,车辆,转动,轮胎	wheel,car,circle,tire,turn,vehicle
🚨	警车灯,灯,紧急,警报,警灯,警示	police car light,alarm,alert,beacon,car,emergency
🚥	横向的红绿灯,交通灯,信号灯,红绿灯	horizontal traffic light,horizontal,intersection,light,signal,stop
🚦	纵向的红绿灯,交叉口,交通灯,信号灯,直的红绿灯,红绿灯	vertical traffic light,drove,intersection,light,signal,stop
🛑	停止标志,停止,八角形,八边形,标志	stop sign,octagonal,sign,stop
🚧	路障,施工	construction,barrier
⚓️	锚,停泊,工具,船	anchor,ship,tool
🛟	救生圈,安全,救援,救生,救生用具,游泳	ring buoy,buoy,float,life,lifesaver,preserver
⛵️	帆船,游艇,船,驾帆船	sailboat,boat,resort,sailing,sea,yacht
🛶	独木舟,船	canoe,boat
🚤	快艇,亿万富翁,船,豪华游艇	speedboat,billionaire,boat,lake,luxury,millionaire
🛳️	客轮,客船,旅客	passenger ship,passenger,ship
⛴️	渡轮,旅客,渡船,轮船	ferry,boat,passenger
🛥️	摩托艇,船	motor boat,boat,motor,motorboat
🚢	船,旅客,旅行	ship,boat,passenger,travel
✈️	飞机,喷气机,旅行,飞行	airplane,aeroplane,fly,flying,jet,plane
🛩️	小型飞机,小飞机,飞机	small airplane,aeroplane,airplane,plane,small
🛫	航班起飞,值机,出境,报到,登机,离境	airplane departure,aeroplane,airplane,check-in,departure,departures
🛬	航班降落,到达,着陆,航班,降落,飞机	airplane arrival,aeroplane,airplane,arrival,arrivals,arriving
🪂	降落伞,帆伞,悬挂滑翔,滑翔,滑翔伞,跳伞	parachute,hang-glide,parasail,skydive
💺	座位,位子,椅子	seat,chair
🚁	直升机,旅行,直升飞机	helicopter,copter,roflcopter,travel,vehicle
🚟	空轨,悬挂,悬挂式单轨,空中轨道列车	suspension railway,railway,suspension
🚠	缆车,空中,索道	mountain cableway,cable,cableway,gondola,lift,mountain
🚡	索道,空中,缆车	aerial tramway,aerial,cable,car,gondola,ropeway
🛰️	卫星,太空	satellite,space
🚀	火箭,发射,太空,旅行	rocket,launch,rockets,space,travel
🛸	飞碟,ufo,不明飞行物,外星人,外星球	flying saucer,aliens,extra,flying,saucer,terrestrial
🛎️	服务铃,行李员,酒店,铃	bellhop bell,bell,bellhop,hotel
🧳	行李箱,包装,手提箱,旅行,滚轮提箱,行李	luggage,bag,packing,roller,suitcase,travel
⌛️	沙漏,时间,计时,计时器	hourglass done,done,hourglass,sand,time,timer
⏳️	沙正往下流的沙漏,沙,沙漏,等待,计时器	hourglass not done,done,flowing,hourglass,hours,not
⌚️	手表,时间,表	watch,clock,time
⏰️	闹钟,小时,时间,钟	alarm clock,alarm,clock,hours,hrs,late
⏱️	秒表,码表,计时,计时器	stopwatch,clock,time
⏲️	定时器,时间,计时,计时器	timer clock,clock,timer
🕰️	座钟,台钟,壁炉钟,时钟	mantelpiece clock,clock,mantelpiece,time
🕛️	十二点,00,12,12:00,整点,时间	twelve o’clock,12,12:00,clock,o’clock,time
🕧️	十二点半,12,12:30,30,时钟	twelve-thirty,12,12:30,30,clock,thirty
🕐️	一点,00,1,1:00,时间	one o’clock,1,1:00,clock,one,o’clock
🕜️	一点半,1,1:30,30,时间,钟	one-thirty,1,1:30,30,clock,one
🕑️	两点,00,2,2:00,时钟	two o’clock,2,2:00,clock,o’clock,time
🕝️	两点半,2,2:30,30,时间,钟	two-thirty,2,2:30,30,clock,thirty
🕒️	三点,00,3,3:00,时钟	three o’clock,3,3:00,clock,o’clock,three
🕞️	三点半,3,30,3:30,时间,钟	three-thirty,3,30,3:30,clock,thirty
🕓️	四点,00,4,4:00,时钟	four o’clock,4,4:00,clock,four,o’clock
🕟️	四点半,30,4,4:30,时间,钟	four-thirty,30,4,4:30,clock,four
🕔️	五点,00,5,5:00,时钟	five o’clock,5,5:00,clock,five,o’clock
🕠️	五点半,30,5,5:30,时钟	five-thirty,30,5,5:30,clock,five
🕕️	六点,00,6,6:00,时钟	six o’clock,6,6:00,clock,o’clock,six
🕡️	六点半,30,6,6:30,时钟	six-thirty,30,6,6:30,clock,six
🕖️	七点,00,7,7:00,时钟	seven o’clock,0,7,7:00,clock,o’clock
🕢️	七点半,30,7,7:30,时钟	seven-thirty,30,7,7:30,clock,seven
🕗️	八点,00,8,8:00,时间,钟	eight o’clock,8,8:00,clock,eight,o’clock
🕣️	八点半,30,8,8:30,时钟	eight-thirty,30,8,8:30,clock,eight
🕘️	九点,00,9,9:00,时钟	nine o’clock,9,9:00,clock,nine,o’clock
🕤️	九点半,30,9,9:30,时钟	nine-thirty,30,9,9:30,clock,nine
🕙️	十点,00,10,10:00,时钟	ten o’clock,0,10,10:00,clock,o’clock
🕥️	十点半,10,10:30,30,时钟	ten-thirty,10,10:30,30,clock,ten
🕚️	十一点,00,11,11:00,时钟	eleven o’clock,11,11:00,clock,eleven,o’clock
🕦️	十一点半,11,11:30,30,时钟	eleven-thirty,11,11:30,30,clock,eleven
🌑	朔月,新月,月亮	new moon,dark,moon,new,space
🌒	蛾眉月,三日月,娥眉月,弯月,月亮,盈月	waxing crescent moon,crescent,dreams,moon,space,waxing
🌓	上弦月,月亮	first quarter moon,first,moon,quarter,space
🌔	盈凸月,月亮	waxing gibbous moon,gibbous,moon,space,waxing
🌕️	满月,月亮,望月	full moon,full,moon,space
🌖	亏凸月,月亮,衰落	waning gibbous moon,gibbous,moon,space,waning
🌗	下弦月,月亮	last quarter moon,last,moon,quarter,space
🌘	残月,亏眉月,弯月,月亮	waning crescent moon,crescent,moon,space,waning
🌙	月亮,弯月,娥眉月,新月形,残月,蛾眉月	crescent moon,crescent,moon,ramadan,space
🌚	微笑的朔月,新月,月亮,朔月	new moon face,face,moon,new,space
🌛	微笑的上弦月,上弦月,月亮,蛾眉月	first quarter moon face,face,first,moon,quarter,space
🌜️	微笑的下弦月,下弦月,月亮,残月	last quarter moon face,dreams,face,last,moon,quarter
🌡️	温度计,天气,气温,温度	thermometer,weather
☀️	太阳,光线,晴,晴天,阳光明媚,阳光普照	sun,bright,rays,space,sunny,weather
🌝	微笑的月亮,月亮,望月,满月	full moon face,bright,face,full,moon
🌞	微笑的太阳,太阳,温暖阳光,阳光明媚	sun with face,beach,bright,day,face,heat
🪐	有环行星,土星,行星	ringed planet,planet,ringed,saturn,saturnine
⭐️	星星,五角星,白色星星	star,astronomy,medium,stars,white
🌟	亮星,闪亮的星星,发光,星星,闪亮,闪光	glowing star,glittery,glow,glowing,night,shining
🌠	流星,夜晚,太空,星空,陨落之星	shooting star,falling,night,shooting,space,star
🌌	银河,太空,星空	milky way,milky,space,way
☁️	云,云彩,云朵,天气,阴	cloud,weather
⛅️	多云,阴,乌云蔽日	sun behind cloud,behind,cloud,cloudy,sun,weather
⛈️	雷阵雨,暴风雨,阵雨,雨,雷,雷暴	cloud with lightning and rain,cloud,lightning,rain,thunder,thunderstorm
🌤️	晴偶有云,云,天气,太阳,少云,晴	sun behind small cloud,behind,cloud,sun,weather
🌥️	多云,云,太阳,泠,阴	sun behind large cloud,behind,cloud,sun,weather
🌦️	晴转雨,下雨,云,天气,太阳,晴时多云偶阵雨	sun behind rain cloud,behind,cloud,rain,sun,weather
🌧️	下雨,云,天气,雨	cloud with rain,cloud,rain,weather
🌨️	下雪,云,天气,雪	cloud with snow,cloud,cold,snow,weather
🌩️	打雷,云,天气,闪电,雷	cloud with lightning,cloud,lightning,weather
🌪️	龙卷风,云,天气,旋风	tornado,cloud,weather,whirlwind
🌫️	雾,云,霾	fog,cloud,weather
🌬️	大风,狂风,风吹	wind face,blow,cloud,face,wind
🌀	台风,天气,旋风,晕,气旋,飓风	cyclone,dizzy,hurricane,twister,typhoon,weather
🌈	彩虹,lgbt,双性恋,同志,跨性别	rainbow,gay,genderqueer,glbt,glbtq,lesbian
🌂	收起的伞,下雨,伞,雨,雨伞	closed umbrella,closed,clothing,rain,umbrella
☂️	伞,雨,雨伞	umbrella,clothing,rain
☔️	雨伞,下雨,伞,雨滴	umbrella with rain drops,clothing,drop,drops,rain,umbrella
⛱️	阳伞,下雨,伞,地上的阳伞,太阳	umbrella on ground,ground,rain,sun,umbrella
⚡️	闪电,高压,危险,有电	high voltage,danger,electric,electricity,high,lightning
❄️	雪花,冷,天气,雪	snowflake,cold,snow,weather
☃️	雪与雪人,泠,雪,雪人	snowman,cold,man,snow
⛄️	雪人,下雪,泠	snowman without snow,cold,man,snow,snowman
☄️	彗星,太空	comet,space
🔥	火,火焰,烧,燃烧	fire,af,burn,flame,hot,lit
💧	水滴,冷,天气,水,泪,眼泪	droplet,cold,comic,drop,nature,sad
🌊	浪花,波浪,浪,海洋	water wave,nature,ocean,surf,surfer,surfing`,
  play: `
🎃	南瓜灯,万圣节,南瓜,庆祝,灯,灯笼	jack-o-lantern,celebration,halloween,jack,lantern,pumpkin
🎄	圣诞树,圣诞,庆祝,树,装饰	christmas tree,celebration,christmas,tree
🎆	焰火,庆典,庆祝,炮竹,烟花,爆竹	fireworks,boom,celebration,entertainment,yolo
🎇	烟花,庆祝,火花,烟火,焰火	sparkler,boom,celebration,fireworks,sparkle
🧨	爆竹,光亮,火花,炸药,烟火,烟花	firecracker,dynamite,explosive,fire,fireworks,light
✨️	闪耀,闪亮,星星,火花,闪光	sparkles,*,magic,sparkle,star
🎈	气球,庆祝,生日,节日	balloon,birthday,celebrate,celebration
🎉	撒花,拉炮彩带,兴奋,呱呱叫,庆祝,彩带	party popper,awesome,birthday,celebrate,celebration,excited
🎊	彩球,五彩纸屑球,五彩纸屑,庆祝,彩色纸屑,球	confetti ball,ball,celebrate,celebration,confetti,party
🎋	七夕树,七夕,庆祝,日本,条幅,树	tanabata tree,banner,celebration,japanese,tanabata,tree
🎍	门松,庆祝,日本,松树,盆栽,竹	pine decoration,bamboo,celebration,decoration,japanese,pine
🎎	日本人形,人偶,娃娃,庆祝,日本,日本人偶	japanese dolls,celebration,doll,dolls,festival,japanese
🎏	鲤鱼旗,庆祝,日本,男孩节,长旗	carp streamer,carp,celebration,streamer
🎐	风铃,庆祝,铃铛,风	wind chime,bell,celebration,chime,wind
🎑	赏月,中秋,佳节,庆祝,月亮,祭月	moon viewing ceremony,celebration,ceremony,moon,viewing
🧧	红包,利事,利是,好运,礼物,红信封	red envelope,envelope,gift,good,hóngbāo,lai
🎀	蝴蝶结,丝带,庆祝,缎带	ribbon,celebration
🎁	礼物,包礼物,包装,圣诞,庆祝,惊喜	wrapped gift,birthday,bow,box,celebration,christmas
🎗️	提示丝带,丝带,庆典,庆祝,暗示,飘带	reminder ribbon,celebration,reminder,ribbon
🎟️	入场券,票,门票	admission tickets,admission,ticket,tickets
🎫	票,入场券,电影票,票根,车票,门票	ticket,admission,stub
🎖️	军功章,军队,勋章,奖章	military medal,award,celebration,medal,military
🏆️	奖杯,冠军,奖励,奖品,奖赏,胜利	trophy,champion,champs,prize,slay,sport
🏅	奖牌,获胜,运动会奖牌,运动员,金牌	sports medal,award,gold,medal,sports,winner
🥇	金牌,奖牌,第一,第一名奖牌	1st place medal,1st,first,gold,medal,place
🥈	银牌,亚军,奖牌,第二,第二名奖牌	2nd place medal,2nd,medal,place,second,silver
🥉	铜牌,奖牌,季军,第三,第三名奖牌	3rd place medal,3rd,bronze,medal,place,third
⚽️	足球,大罗,梅西,球,球赛,罗纳尔多	soccer ball,ball,football,futbol,soccer,sport
⚾️	棒球,球,运动	baseball,ball,sport
🥎	垒球,手套,球,腋下,运动	softball,ball,glove,sports,underarm
🏀	篮球,打球,球,篮筐,运动	basketball,ball,hoop,sport
🏐	排球,球,球赛	volleyball,ball,game
🏈	美式橄榄球,橄榄球,球	american football,american,ball,bowl,football,sport
🏉	英式橄榄球,橄榄球,球,运动	rugby football,ball,football,rugby,sport
🎾	网球,球,球拍,网球拍	tennis,ball,racquet,sport
🥏	飞盘,圆盘,极限,极限运动,终极	flying disc,disc,flying,ultimate
🎳	保龄球,全倒,球,运动	bowling,ball,game,sport,strike
🏏	板球,球,球拍	cricket game,ball,bat,cricket,game
🏑	曲棍球,球,球棍,球赛	field hockey,ball,field,game,hockey,stick
🏒	冰球,冰球杆,球,球棍	ice hockey,game,hockey,ice,puck,stick
🥍	袋棍球,得分,球,球棍,球门,运动	lacrosse,ball,goal,sports,stick
🏓	乒乓球,乒乓,桌球,比赛,球,球拍	ping pong,ball,bat,game,paddle,ping
🏸	羽毛球,球拍,羽球	badminton,birdie,game,racquet,shuttlecock
🥊	拳击手套,手套,拳击	boxing glove,boxing,glove
🥋	练武服,制服,柔道,武术,空手道,跆拳道	martial arts uniform,arts,judo,karate,martial,taekwondo
🥅	球门,球网	goal net,goal,net
⛳️	高尔夫球洞,果岭,果岭旗,球洞,高尔夫,高球	flag in hole,flag,golf,hole,sport
⛸️	滑冰,冰刀,溜冰	ice skate,ice,skate,skating
🎣	钓鱼竿,钓竿,鱼杆	fishing pole,entertainment,fish,fishing,pole,sport
🤿	潜水面罩,浮潜,深潜,潜水	diving mask,diving,mask,scuba,snorkeling
🎽	运动背心,上衣,跑步,运动服,饰带	running shirt,athletics,running,sash,shirt
🎿	滑雪,运动,雪	skis,ski,snow,sport
🛷	雪橇,下雪,乘雪橇,平底雪橇,驾雪橇	sled,luge,sledge,sleigh,snow,toboggan
🥌	冰壶,冰上溜石,比赛,游戏,石壶	curling stone,curling,game,rock,stone
🎯	正中靶心的飞镖,命中,标的,直接命中,要害,靶心	bullseye,bull,dart,direct,entertainment,game
🪀	悠悠球,上下起落,溜溜球,犹豫不决,玩具	yo-yo,fluctuate,toy
🪁	风筝,翱翔,飞翔	kite,fly,soar
🔫	水枪,工具,左轮,手枪,枪,武器	water pistol,gun,handgun,pistol,revolver,tool
🎱	台球,8 球制桌球,8号球,台球台,游戏,霹雳八球	pool 8 ball,8,8ball,ball,billiard,eight
🔮	水晶球,命运,工具,梦幻,水晶,球	crystal ball,ball,crystal,fairy,fairytale,fantasy
🪄	魔棒,女巫,巫师,魔术,魔术师,魔杖	magic wand,magic,magician,wand,witch,wizard
🎮️	游戏,游戏手柄,手柄,游戏控制器,电子游戏	video game,controller,entertainment,game,video
🕹️	游戏操控杆,操控杆,游戏,电子游戏	joystick,game,video,videogame
🎰	老虎机,吃角子老虎,游戏,角子机,赌博,赌场	slot machine,casino,gamble,gambling,game,machine
🎲	骰子,掷骰子,色子,骰子游戏	game die,dice,die,entertainment,game
🧩	拼图,图片,智力游戏,相扣,线索,联锁	puzzle piece,clue,interlocking,jigsaw,piece,puzzle
🧸	泰迪熊,填充,毛绒玩具,熊,玩偶,玩具	teddy bear,bear,plaything,plush,stuffed,teddy
🪅	彩罐,五月节,墨西哥,庆祝,皮纳塔,糖果	piñata,candy,celebrate,celebration,cinco,de
🪩	镜球,派对,聚会,舞会,舞厅,舞蹈	mirror ball,ball,dance,disco,glitter,mirror
🪆	套娃,俄罗斯套娃,俄罗斯娃娃,娃娃	nesting dolls,babooshka,baboushka,babushka,doll,dolls
♠️	黑桃,扑克,牌,葵扇,黑桃花色	spade suit,card,game,spade,suit
♥️	红桃,扑克,牌,红心,红桃花色	heart suit,card,emotion,game,heart,hearts
♦️	方片,扑克,方块,牌,牌局	diamond suit,card,diamond,game,suit
♣️	梅花,扑克,梅花花色,牌,草花	club suit,card,club,clubs,game,suit
♟️	兵,受骗者,国际象棋,牺牲品	chess pawn,chess,dupe,expendable,pawn
🃏	大小王,大王,小丑,小王,扑克,扑克小丑	joker,card,game,wildcard
🀄️	红中,方城之战,牌局,麻将,麻将红中	mahjong red dragon,dragon,game,mahjong,red
🎴	花札,卡牌,日本,游戏,花斗,花牌	flower playing cards,card,cards,flower,game,japanese
🎭️	表演艺术,剧院,女演员,戏剧,演员,艺术	performing arts,actor,actress,art,arts,entertainment
🖼️	带框的画,加框的照片,博物馆,框,照片,画	framed picture,art,frame,framed,museum,painting
🎨	调色盘,创意,博物馆,多种色彩,娱乐,画家	artist palette,art,artist,artsy,arty,colorful
🧵	线,卷盘,线轴,绳子,缝纫,针	thread,needle,sewing,spool,string
🪡	缝合针,线,绣花针,缝合,缝纫,缝线	sewing needle,embroidery,needle,sew,sewing,stitches
🧶	毛线,毛线球,线球,编织,钩针编织	yarn,ball,crochet,knit
🪢	结,八字结,打结,绳子,绳扣,绳结	knot,cord,rope,tangled,tie,twine`,
  things: `
👓️	眼镜,服饰,眼睛	glasses,clothing,eye,eyeglasses,eyewear
🕶️	墨镜,太阳镜	sunglasses,dark,eye,eyewear,glasses
🥽	护目镜,护目,护眼,水肺,游泳,潜水	goggles,dive,eye,protection,scuba,swimming
🥼	白大褂,医生,外衣,实验,实验人员,实验室白大褂	lab coat,clothes,coat,doctor,dr,experiment
🦺	救生衣,安全,紧急,背心,逃生	safety vest,emergency,safety,vest
👔	领带,工作,正式,衬衫领带	necktie,clothing,employed,serious,shirt,tie
👕	T恤,t恤,休闲服装,恤衫	t-shirt,blue,casual,clothes,clothing,collar
👖	牛仔裤,休闲,周末,蓝色,裤子	jeans,blue,casual,clothes,clothing,denim
🧣	围巾,冷,包紧,围脖,头巾	scarf,bundle,cold,neck,up
🧤	手套,手	gloves,hand
🧥	外套,冷,夹克,超冷	coat,brr,bundle,cold,jacket,up
🧦	袜子,短袜,袜,长袜	socks,stocking
👗	连衣裙,衣服,裙子	dress,clothes,clothing,dressed,fancy,shopping
👘	和服,日本,衣服	kimono,clothing,comfortable
🥻	纱丽,印度,披肩,莎丽,衣服,连衣裙	sari,clothing,dress
🩱	连体泳衣,一片式,泳衣,泳装,游泳,连身泳衣	one-piece swimsuit,bathing,one-piece,suit,swimsuit
🩲	三角裤,一片式,内裤,泳衣,泳装,短裤	briefs,bathing,one-piece,suit,swimsuit,underwear
🩳	短裤,内裤,四角裤,泳衣,泳装,泳裤	shorts,bathing,pants,suit,swimsuit,underwear
👙	比基尼,三点式,泳装,游泳	bikini,bathing,beach,clothing,pool,suit
👚	女装,女,女生衣服,女衬衫,衣服	woman’s clothes,blouse,clothes,clothing,collar,dress
🪭	折扇,凉,凉快,啪嗒声,害羞,扇	folding hand fan,clack,clap,cool,cooling,dance
👛	钱包,血拼,铜板	purse,clothes,clothing,coin,dress,fancy
👜	手提包,包包,挎包,血拼	handbag,bag,clothes,clothing,dress,lady
👝	手袋,包,化妆包,手拿,手拿包	clutch bag,bag,clothes,clothing,clutch,dress
🛍️	购物袋,包,袋,购物,逛街	shopping bags,bag,bags,hotel,shopping
🎒	书包,上学,包	backpack,backpacking,bag,bookbag,education,rucksack
🩴	夹趾凉鞋,人字拖,凉鞋,沙滩,沙滩凉鞋,草屡	thong sandal,beach,flip,flop,sandal,sandals
👞	男鞋,棕色,皮鞋,鞋	man’s shoe,brown,clothes,clothing,feet,foot
👟	跑鞋,跑,运动鞋,鞋	running shoe,athletic,clothes,clothing,fast,kick
🥾	登山鞋,健行,徒步,户外,登山,背包	hiking boot,backpacking,boot,brown,camping,hiking
🥿	平底鞋,一脚蹬,便鞋,平底芭蕾舞鞋,芭蕾舞鞋	flat shoe,ballet,comfy,flat,flats,shoe
👠	高跟鞋,女,时装,鞋,高跟	high-heeled shoe,clothes,clothing,dress,fashion,heel
👡	女式凉鞋,凉鞋,女	woman’s sandal,clothing,sandal,shoe,woman,woman’s
🩰	芭蕾舞鞋,舞蹈,舞鞋,足尖鞋,跳舞	ballet shoes,ballet,dance,shoes
👢	女靴,女,女式靴子,靴子	woman’s boot,boot,clothes,clothing,dress,shoe
🪮	发夹,圆蓬,头发,夹子,小刷子,梳子	hair pick,afro,comb,groom,hair,pick
👑	皇冠,国王,权力的游戏,王冠,王后,皇家	crown,clothing,family,king,medieval,queen
👒	女帽,女,女式,帽子,花园派对	woman’s hat,clothes,clothing,garden,hat,hats
🎩	礼帽,帽子,正式,高帽	top hat,clothes,clothing,fancy,formal,hat
🎓️	毕业帽,四方帽,学位,学者,毕业	graduation cap,cap,celebration,clothing,education,graduation
🧢	鸭舌帽,帽子,棒球帽	billed cap,baseball,bent,billed,cap,dad
🪖	军用头盔,军事,军用,军队,士兵,头盔	military helmet,army,helmet,military,soldier,war
⛑️	白十字头盔,十字,头盔,安全帽,救援人员头盔,脸	rescue worker’s helmet,aid,cross,face,hat,helmet
📿	念珠,宗教,珠子,祈祷,项链	prayer beads,beads,clothing,necklace,prayer,religion
💄	唇膏,化妆,化妆品,口红,约会	lipstick,cosmetics,date,makeup
💍	戒指,结婚,订婚,钻戒,闪	ring,diamond,engaged,engagement,married,romance
💎	宝石,婚礼,珠宝,订婚,钻石	gem stone,diamond,engagement,gem,jewel,money
🔇	已静音的扬声器,声音,安静,扬声器,扬声器关闭,无声	muted speaker,mute,muted,quiet,silent,sound
🔈️	低音量的扬声器,低音量扬扬声,喇叭,小声,小音量,扬声器	speaker low volume,low,soft,sound,speaker,volume
🔉	中等音量的扬声器,中等,中等音量,中音量,中音量扬声器,扬声器	speaker medium volume,medium,sound,speaker,volume
🔊	高音量的扬声器,大声,大音量,扬声器,音量,高音量	speaker high volume,high,loud,music,sound,speaker
📢	喇叭,公共广播,大声,广播,扩音器,通知	loudspeaker,address,communication,loud,public,sound
📣	扩音器,呼喊,喇叭,喇叭筒,大声,通知	megaphone,cheering,sound
📯	邮号,号,号角,喇叭,邮政	postal horn,horn,post,postal
🔔	铃铛,叮当,响铃,钟,钟声,铃声	bell,break,church,sound
🔕	禁止响铃,响铃关闭,安静,无声,铃,静音	bell with slash,bell,forbidden,mute,no,not
🎼	乐谱,五线谱,曲谱,音乐,音符	musical score,music,musical,note,score
🎵	音乐,音符,乐谱,五线谱,八分音符	musical note,music,musical,note,sound
🎶	多个音符,乐谱,五线谱,八分音符,音乐,音符	musical notes,music,musical,note,notes,sound
🎙️	录音室麦克风,录音室,音乐,麦,麦克,麦克风	studio microphone,mic,microphone,music,studio
🎚️	电平滑块,滑块,电平,调节,调节滑块,音乐	level slider,level,music,slider
🎛️	控制旋钮,控制,旋钮,调节,音乐	control knobs,control,knobs,music
🎤	唱歌,麦克风,k歌,卡拉ok,唱k,麦	microphone,karaoke,mic,music,sing,sound
🎧️	耳机,头戴式耳机,耳塞	headphone,earbud,sound
📻️	收音机,娱乐,广播,广播电台,无线电,电台	radio,entertainment,tbt,video
🎷	萨克斯管,乐器,吹奏,演奏,萨克斯风,音乐	saxophone,instrument,music,sax
🎺	小号,乐器,吹奏,喇叭,音乐	trumpet,instrument,music
🪗	手风琴,乐器,六角形风琴,音乐,风琴	accordion,box,concertina,instrument,music,squeeze
🎸	吉他,乐器,弹奏,演奏,电吉他,音乐	guitar,instrument,music,strat
🎹	音乐键盘,乐器,弹奏,演奏,钢琴,音乐	musical keyboard,instrument,keyboard,music,musical,piano
🎻	小提琴,乐器,提琴,是特拉迪瓦尔,演奏,音乐	violin,instrument,music
🪕	班卓琴,弦乐器,弹奏,音乐	banjo,music,stringed
🥁	鼓,音乐,鼓声,鼓槌	drum,drumsticks,music
🪘	长鼓,乐器,康加鼓,康茄鼓,敲,节奏	long drum,beat,conga,drum,instrument,long
🪇	沙球,乐器,恰恰,打击乐器,拨浪鼓,摇	maracas,cha,dance,instrument,music,party
🪈	长笛,乐器,乐队,木管乐器,横笛,短笛	flute,band,fife,flautist,instrument,marching
📱	手机,手提电话,智能手机,电话,移动,移动电话	mobile phone,cell,communication,mobile,phone,telephone
📲	带有箭头的手机,手机,接收,智能手机,来电,电话	mobile phone with arrow,arrow,build,call,cell,communication
☎️	电话,固定电话,固话,座机	telephone,phone
📞	电话听筒,听筒,固定电话,固话,座机,电话	telephone receiver,communication,phone,receiver,telephone,voip
📟️	寻呼机,bb 机,传呼机,呼机,通信	pager,communication
📠	传真机,传真,传真号,发传真	fax machine,communication,fax,machine
🔋	电池,正极,电,电极,电源,蓄电池	battery
🪫	电池电量不足,低能量,电子,电池,电池电量低,电量不足	low battery,battery,drained,electronic,energy,low
🔌	电源插头,插头,电插头,电源,电线	electric plug,electric,electricity,plug
💻️	电脑,笔记本电脑,pc,个人电脑,手提电脑	laptop,computer,office,pc,personal
🖥️	台式电脑,pc,个人电脑,台式,显示器,显示屏	desktop computer,computer,desktop,monitor
🖨️	打印机,印刷机,喷墨打印,复印,打印,扫描	printer,computer
⌨️	键盘,打字,按键,电脑,输入	keyboard,computer
🖱️	电脑鼠标,有线鼠标,激光鼠标,点击,点按,电脑	computer mouse,computer,mouse
🖲️	轨迹球,有线鼠标,电脑,追踪球,鼠标	trackball,computer
💽	电脑光盘,md,minidisk,mini光盘,光盘,电脑	computer disk,computer,disk,minidisk,optical
💾	软盘,3.5英寸,便携,存储,电脑,磁盘	floppy disk,computer,disk,floppy
💿️	光盘,cd,专辑,存储,影片,蓝光	optical disk,blu-ray,cd,computer,disk,dvd
📀	DVD,dvd,光盘,光碟,影片,电脑	dvd,blu-ray,cd,computer,disk,optical
🧮	算盘,计算,计算器	abacus,calculation,calculator
🎥	电影摄影机,录像,摄像机,摄录机,摄影,摄影机	movie camera,bollywood,camera,cinema,film,hollywood
🎞️	影片帧,帧,电影,电影胶卷,电影胶片,胶卷	film frames,cinema,film,frames,movie
📽️	电影放映机,影片,投影仪,放映机,电影,视频	film projector,cinema,film,movie,projector,video
🎬️	电影,场记板,场记,打板,拍电影	clapper board,action,board,clapper,movie
📺️	电视机,电视,看电视,节目,视频	television,tv,video
📷️	照相机,相机,卡片相机,拍照,摄影,照片	camera,photo,selfie,snap,tbt,trip
📸	开闪光灯的相机,带闪光灯的相机,拍照,相机,闪光灯,闪光灯打开	camera with flash,camera,flash,video
📹️	摄像机,录像,录像机,录影,拍摄,摄影机	video camera,camcorder,camera,tbt,video
📼	录像带,vhs,录影带,磁带	videocassette,old,school,tape,vcr,vhs
🔍️	左斜的放大镜,工具,搜索,放大,放大镜,查找	magnifying glass tilted left,glass,lab,left,left-pointing,magnifying
🔎	右斜的放大镜,工具,搜索,放大,放大镜,查找	magnifying glass tilted right,contact,glass,lab,magnifying,right
🕯️	蜡烛,光,烛光,烛火,照明,燃烧	candle,light
💡	主意,灯泡,想法,点子,电,电灯泡	light bulb,bulb,comic,electric,idea,light
🔦	手电筒,光,工具,手电,照明,电筒	flashlight,electric,light,tool,torch
🏮	灯笼,红灯笼,光,喜庆,居酒屋,日本	red paper lantern,bar,lantern,light,paper,red
🪔	印度油灯,排灯节,油,灯,迪亚	diya lamp,diya,lamp,light,oil
📔	精装笔记本,书,写作,学校,封面,教育	notebook with decorative cover,book,cover,decorated,decorative,education
📕	合上的书本,书,书本,书本合起,合上	closed book,book,closed,education
📖	打开的书本,书,书本,图书馆,小说,开卷	open book,book,education,fantasy,knowledge,library
📗	绿色书本,书,书本,图书馆,教育,绿	green book,book,education,fantasy,green,library
📘	蓝色书本,书,书本,图书馆,教育,篮	blue book,blue,book,education,fantasy,library
📙	橙色书本,书,书本,图书馆,教育,橘皮书	orange book,book,education,fantasy,library,orange
📚️	书,书本,书籍,图书,图书馆,学习	books,book,education,fantasy,knowledge,library
📓	笔记本,日记本,本子,笔记,记事本,记录	notebook
📒	账本,笔记本,记事本,记账,账簿	ledger,notebook
📃	带卷边的页面,卷曲,卷边,文书,文件,文档	page with curl,curl,document,page,paper
📜	卷轴,卷纸,画卷,纸,纸卷,羊皮纸	scroll,paper
📄	文件,文书,文档,页面向上	page facing up,document,facing,page,paper,up
📰	报纸,传播,报道,新闻,看报,纸	newspaper,communication,news,paper
🗞️	报纸卷,卷起,卷起的报纸,报纸,新闻,纸	rolled-up newspaper,news,newspaper,paper,rolled,rolled-up
📑	标签页,书签,书签页标签,有书签的页面,标签	bookmark tabs,bookmark,mark,marker,tabs
🔖	书签,标签,读书,阅读	bookmark,mark
🏷️	标签,吊牌,标记,行李牌	label,tag
🪙	硬币,富有,欧元,美元,财富,金	coin,dollar,euro,gold,metal,money
💰️	钱,钱袋,付钱,十亿,变现,守财奴	money bag,bag,bank,bet,billion,cash
💴	日元,日币,现金,纸币,货币,钞票	yen banknote,bank,banknote,bill,currency,money
💵	美元,现金,纸币,美刀,美钞,货币	dollar banknote,bank,banknote,bill,currency,dollar
💶	欧元,现金,纸币,货币,钞票,钱	euro banknote,100,bank,banknote,bill,currency
💷	英镑,现金,纸币,货币,钞票,钱	pound banknote,bank,banknote,bill,billion,cash
💸	长翅膀的钱,纸币,翅膀,花钱,钱,飞	money with wings,bank,banknote,bill,billion,cash
💳️	信用卡,信用,借记卡,刷卡,卡,收钱	credit card,bank,card,cash,charge,credit
🧾	收据,会计,信封,凭据,发票,收条	receipt,accounting,bookkeeping,evidence,invoice,proof
💹	趋势向上且带有日元符号的图表,上扬,上涨,日元,日元升值,日元汇率	chart increasing with yen,bank,chart,currency,graph,growth
✉️	信封,信件,信息,来信,电子邮件,电邮	envelope,e-mail,email,letter
📧	电子邮件,信件,信封,电邮,邮件	e-mail,email,letter,mail
📨	来信,信件,信封,发送,接收,收信	incoming envelope,delivering,e-mail,email,envelope,incoming
📩	收邮件,信件,信封,发信,发出,发送	envelope with arrow,arrow,communication,down,e-mail,email
📤️	发件箱,信件,发信,发送,发邮件,收件箱	outbox tray,box,email,letter,mail,outbox
📥️	收件箱,信件,接收,收信,收到邮件,电子邮件	inbox tray,box,email,inbox,letter,mail
📦️	包裹,快递,指向,盒子,箱子,装货	package,box,communication,delivery,parcel,shipping
📫️	有待收信件,信箱,旗标,有新信件,邮箱,邮箱关闭红旗升起	closed mailbox with raised flag,closed,communication,flag,mail,mailbox
📪️	无待收信件,信箱,信箱关闭红旗放下,放下,旗标,无新信件	closed mailbox with lowered flag,closed,flag,lowered,mail,mailbox
📬️	有新信件,信箱,信箱打开红旗升起,打开,旗标,有待收信件	open mailbox with raised flag,flag,mail,mailbox,open,postbox
📭️	无新信件,信箱,信箱打开,信箱打开红旗放下,旗标,无待收信件	open mailbox with lowered flag,flag,lowered,mail,mailbox,open
📮	邮筒,信,信箱,寄信,邮箱	postbox,mail,mailbox
🗳️	投票箱,投票,盒子,票箱,选举,选票	ballot box with ballot,ballot,box
✏️	铅笔,橡皮,橡皮擦,画画,画笔,笔	pencil
✒️	钢笔尖,写字,硬笔,笔,笔尖,钢笔	black nib,black,nib,pen
🖋️	钢笔,写字,硬笔,笔	fountain pen,fountain,pen
🖊️	笔,原子笔,圆珠笔,油笔	pen,ballpoint
🖌️	画笔,刷,毛笔,画刷,笔刷	paintbrush,painting
🖍️	蜡笔,油画棒,画棒	crayon
📝	备忘录,便条,便条簿,便笺,铅笔	memo,communication,media,notes,pencil
💼	公文包,上班,公事包,办公室,包,手提包	briefcase,office
📁	文件夹,办公,文件,文具,硬纸夹	file folder,file,folder
📂	打开的文件夹,办公,打开,打开文件夹,文件,文件夹	open file folder,file,folder,open
🗂️	索引分隔文件夹,分隔,分隔卡,文件夹,索引,隔板	card index dividers,card,dividers,index
📅	日历,日期	calendar,date
📆	手撕日历,日历,日期	tear-off calendar,calendar,tear-off
🗒️	线圈本,文具,笔记本,线圈,记事本	spiral notepad,note,notepad,pad,spiral
🗓️	线圈日历,日历,日期,线圈,记事本	spiral calendar,calendar,pad,spiral
📇	卡片索引,卡片,卡牌索引,名片索引,目录,索引	card index,card,index,old,rolodex,school
📈	趋势向上的图表,上升,上涨,上涨图表,上涨趋势线,向上	chart increasing,chart,data,graph,growth,increasing
📉	趋势向下的图表,下跌,下跌图表,下跌趋势线,下降,向下	chart decreasing,chart,data,decreasing,down,downward
📊	条形图,图形,图表,柱形图,直方图,资料	bar chart,bar,chart,data,graph
📋️	剪贴板,写字夹板,写字板,剪贴簿,夹子,待办事项	clipboard,do,list,notes
📌	图钉,固定,拼贴,按钉	pushpin,collage,pin
📍	圆图钉,位置,固定,图钉	round pushpin,location,map,pin,pushpin,round
📎	回形针,万字夹,回纹针,曲别针,纸夹	paperclip
🖇️	连起来的两个回形针,万字夹,回形针,回纹针,曲别针,纸夹	linked paperclips,link,linked,paperclip,paperclips
📏	直尺,尺,尺子,数学,文具,测量	straight ruler,angle,edge,math,ruler,straight
📐	三角尺,三角,尺,数学,文具,测量	triangular ruler,angle,math,rule,ruler,set
✂️	剪刀,修剪,剪,剪子,剪裁,工具	scissors,cut,cutting,paper,tool
🗃️	卡片盒,卡片,存档,文件,标签,档案	card file box,box,card,file
🗄️	文件柜,存档,归档,收纳,柜,档案	file cabinet,cabinet,file,filing,paper
🗑️	垃圾桶,垃圾,垃圾篓,废纸篓	wastebasket,can,garbage,trash,waste
🔒️	锁,合上的锁,上锁,私密,锁住,锁头	locked,closed,lock,private
🔓️	打开的锁,取消锁定,开锁,打开,破解,解锁	unlocked,cracked,lock,open,unlock
🔏	墨水笔和锁,笔,笔尖,钢笔,锁,隐私	locked with pen,ink,lock,locked,nib,pen
🔐	钥匙和锁,安全,脚踏车锁,钥匙,锁,锁上	locked with key,bike,closed,key,lock,locked
🔑	钥匙,密码,密钥,开锁,解锁,锁	key,keys,lock,major,password,unlock
🗝️	老式钥匙,古老的钥匙,旧钥匙,线索,钥匙	old key,clue,key,lock,old
🔨	锤子,修理,家居修缮,工具,敲,施工	hammer,home,improvement,repairs,tool
🪓	斧头,切,劈,木头,砍	axe,ax,chop,hatchet,split,wood
⛏️	铁镐,工具,挖,挖掘,采矿,锄头	pick,hammer,mining,tool
⚒️	锤子与镐,工具,铁锤,铁镐,锤子,镐	hammer and pick,hammer,pick,tool
🛠️	锤子与扳手,工具,扳手,铁锤,锤子	hammer and wrench,hammer,spanner,tool,wrench
🗡️	匕首,剑,武器,短刀,短剑	dagger,knife,weapon
⚔️	交叉放置的剑,交叉,剑,十字,双剑,战死	crossed swords,crossed,swords,weapon
💣️	炸弹,爆炸	bomb,boom,comic,dangerous,explosion,hot
🪃	回旋镖,反弹,回弹,土著,武器,飞镖	boomerang,rebound,repercussion,weapon
🏹	弓和箭,人马座,射手,射手座,射箭,弓	bow and arrow,archer,archery,arrow,bow,sagittarius
🛡️	盾牌,武器,盾,防御	shield,weapon
🪚	木工锯,修剪,工具,木匠,木材,锯	carpentry saw,carpenter,carpentry,cut,lumber,saw
🔧	扳手,家居修缮,工具,螺丝扳手	wrench,home,improvement,spanner,tool
🪛	螺丝刀,工具,螺丝	screwdriver,flathead,handy,screw,tool
🔩	螺母与螺栓,工具,螺丝,螺帽,螺栓,螺母	nut and bolt,bolt,home,improvement,nut,tool
⚙️	齿轮,传动,工具,机械,零件	gear,cog,cogwheel,tool
🗜️	夹钳,压缩,夹具,工具,机械,紧固	clamp,compress,tool,vice
⚖️	天平,公平,公正,天秤,天秤座,星座	balance scale,balance,justice,libra,scale,scales
🦯	盲杖,拐杖,无障碍,盲,盲人	white cane,accessibility,blind,cane,probing,white
🔗	链接,网址,链条,锁链	link,links
⛓️	链条,铁链,链,锁链	chains,chain
🪝	挂钩,卖点,弯钩,抓,曲线,钩子	hook,catch,crook,curve,ensnare,point
🧰	工具箱,大箱子,工具,机修,箱子,红盒子	toolbox,box,chest,mechanic,red,tool
🧲	磁铁,u 型,吸引,吸引力,正负,磁性	magnet,attraction,horseshoe,magnetic,negative,positive
🪜	梯子,台阶,梯级,横档,爬,爬梯	ladder,climb,rung,step
⚗️	蒸馏器,净化,化学,实验,工具,蒸馏	alembic,chemistry,tool
🧪	试管,化学,化学家,实验,实验室,科学	test tube,chemist,chemistry,experiment,lab,science
🧫	培养皿,培养,实验室,生物学,生物学家,细菌	petri dish,bacteria,biologist,biology,culture,dish
🧬	DNA,dna,基因,演化,生命,生物学家	dna,biologist,evolution,gene,genetics,life
🔬	显微镜,实验,实验室,工具,生物,科学	microscope,experiment,lab,science,tool
🔭	望远镜,外星人,天体,天文,天文学,工具	telescope,contact,extraterrestrial,science,tool
📡	卫星天线,信号接收,卫星,卫星接收天线,卫星碟形天线,外星人	satellite antenna,aliens,antenna,contact,dish,satellite
💉	注射器,医学,医生,工具,打针,接种	syringe,doctor,flu,medicine,needle,shot
🩸	血滴,医疗,月经,流血,献血,经血	drop of blood,bleed,blood,donation,drop,injury
💊	药,药丸,医生,吃药,治疗,生病	pill,doctor,drugs,medicated,medicine,pills
🩹	创可贴,ok绷,伤口,受伤,绷带,胶布	adhesive bandage,adhesive,bandage
🩼	拐杖,受伤,手杖,残疾,活动助行类辅具,辅助	crutch,aid,cane,disability,help,hurt
🩺	听诊器,医生,医疗,心脏,心跳,诊断	stethoscope,doctor,heart,medicine
🩻	X射线,x 射线,x射线,医生,医疗,骨架	x-ray,bones,doctor,medical,skeleton,skull
🚪	门,出入口,前门,后门,大门,屋门	door,back,closet,front
🛗	电梯,升降机,可达性	elevator,accessibility,hoist,lift
🪞	镜子,化妆,反射,反射镜,窥镜	mirror,makeup,reflection,reflector,speculum
🪟	窗户,开窗,新鲜空气,景色,窗口,窗框	window,air,frame,fresh,opening,transparent
🛏️	床,宾馆,床垫,床铺,睡,睡眠	bed,hotel,sleep
🛋️	沙发和灯,家,沙发,灯,阅读	couch and lamp,couch,hotel,lamp
🪑	椅子,坐,坐下,座位,椅背	chair,seat,sit
🚽	马桶,wc,卫生间,厕所,洗手间	toilet,bathroom
🪠	活塞,便便,吸力,搋子,水管工,通厕所	plunger,cup,force,plumber,poop,suction
🚿	淋浴,喷头,喷水,水,洗澡 花洒,花洒	shower,water
🛁	浴缸,沐浴,泡沫浴,泡澡,洗澡,浴盆	bathtub,bath
🪤	捕鼠器,奶酪,老鼠夹,诱饵,陷进,陷阱	mouse trap,bait,cheese,lure,mouse,mousetrap
🪒	剃须刀,刀,刮,刮刀,剃刀,毛	razor,sharp,shave
🧴	乳液瓶,乳液,保湿乳液,护肤霜,洗剂瓶,洗发水	lotion bottle,bottle,lotion,moisturizer,shampoo,sunscreen
🧷	安全别针,别针,扣针	safety pin,diaper,pin,punk,rock,safety
🧹	扫帚,女巫,巫婆,打扫,扫地,清洁	broom,cleaning,sweeping,witch
🧺	筐,农作,洗衣,种植,篮子,脏衣篮	basket,farming,laundry,picnic
🧻	卷纸,卫生纸,手纸,纸卷,纸巾	roll of paper,paper,roll,toilet,towels
🪣	桶,大桶,木桶,水桶,缸	bucket,cask,pail,vat
🧼	皂,杀菌,泡沫,洗手,洗澡,清洁	soap,bar,bathing,clean,cleaning,lather
🫧	气泡,打嗝,水下,泡泡,清洁,漂浮	bubbles,bubble,burp,clean,floating,pearl
🪥	牙刷,刷,刷子,卫生,情节,洗漱	toothbrush,bathroom,brush,clean,dental,hygiene
🧽	海绵,吸收,吸水,多孔,浸泡,清洁	sponge,absorbing,cleaning,porous,soak
🧯	灭火器,压制,火灾,灭火,熄灭	fire extinguisher,extinguish,extinguisher,fire,quench
🛒	购物车,手推车,购物,采购	shopping cart,cart,shopping,trolley
🚬	香烟,卷烟,吸烟,抽烟,烟,烟草	cigarette,smoking
⚰️	棺材,埋葬,死亡,灵柩,葬礼,陵墓	coffin,dead,death,vampire
🪦	墓碑,公墓,坟墓,墓园,墓地,安息	headstone,cemetery,dead,grave,graveyard,memorial
⚱️	骨灰缸,丧礼,死亡,瓮,缸,葬礼	funeral urn,ashes,death,funeral,urn
🧿	纳扎尔护身符,小装饰品,恶魔之眼,护身符,珠子,符咒	nazar amulet,amulet,bead,blue,charm,evil-eye
🪬	法蒂玛之手,保护,好运,手,手掌,护身符	hamsa,amulet,fatima,fortune,guide,hand
🗿	摩埃,复活岛,复活节岛,复活节岛石像,摩艾,摩艾石像	moai,face,moyai,statue,stoneface,travel
🪧	标语牌,告示,布告,标志,标牌,标语	placard,card,demonstration,notice,picket,plaque
🪪	身份证,id,凭证,安全,执照,证件	identification card,card,credentials,document,id,identification`,
  symbols: `
🏧	取款机,atm,提款机,柜员机,标识,银行	atm sign,atm,automated,bank,cash,money
🚮	倒垃圾,垃圾丢弃处,垃圾入篓,垃圾桶	litter in bin sign,bin,litter,litterbin,sign
🚰	饮用水,可以喝的,喝水,接水,水,水龙头	potable water,drinking,potable,water
♿️	轮椅标识,无障碍,残疾,残障,轮椅,轮椅符号	wheelchair symbol,access,handicap,symbol,wheelchair
🚹️	男厕,卫生间,厕所,洗手间,男士	men’s room,bathroom,lavatory,man,men’s,restroom
🚺️	女厕,卫生间,厕所,女士,洗手间	women’s room,bathroom,lavatory,restroom,room,toilet
🚻	卫生间,wc,厕所,洗手间	restroom,bathroom,lavatory,toilet,wc
🚼️	宝宝,婴儿,换尿片,母婴室	baby symbol,baby,changing,symbol
🚾	厕所,卫生间,洗手间,盥洗室	water closet,bathroom,closet,lavatory,restroom,toilet
🛂	护照检查,安检,护照,检查,通行证	passport control,control,passport
🛃	海关,行李打包	customs,packing
🛄	提取行李,提取,旅行,行李	baggage claim,arrived,baggage,bags,case,checked
🛅	寄存行李,储物柜,寄存,行李	left luggage,baggage,case,left,locker,luggage
⚠️	注意,警告,小心	warning,caution
🚸	儿童过街,交通,安全,指示牌,行人	children crossing,child,children,crossing,pedestrian,traffic
⛔️	禁止通行,交通,禁止入内,禁行,请勿入内,请勿驶入	no entry,do,entry,fail,forbidden,no
🚫	禁止,不准,不许,严禁,禁入,禁行	prohibited,entry,forbidden,no,not,smoke
🚳	禁止自行车,严禁,交通,禁止,禁行自行车,自行车	no bicycles,bicycle,bicycles,bike,forbidden,no
🚭️	禁止吸烟,严禁,吸烟,抽烟,禁止,禁烟	no smoking,forbidden,no,not,prohibited,smoke
🚯	禁止乱扔垃圾,严禁,垃圾,禁丢垃圾,禁止	no littering,forbidden,litter,littering,no,not
🚱	非饮用水,水,禁止用水,节约用水,非直饮水	non-potable water,dry,non-drinking,non-potable,prohibited,water
🚷	禁止行人通行,严禁,行人	no pedestrians,forbidden,no,not,pedestrian,pedestrians
📵	禁止使用手机,严禁,手机,电话,禁止	no mobile phones,cell,forbidden,mobile,no,not
🔞	18禁,儿童不宜,未成年人不宜,禁止	no one under eighteen,18,age,eighteen,forbidden,no
☢️	辐射,放射性,标识	radioactive,sign
☣️	生物危害,动物,当心感染,污染,警告	biohazard,sign
⬆️	向上箭头,上,北,方位,方向,标识	up arrow,arrow,cardinal,direction,north,up
↗️	右上箭头,东北,右上,方位,方向,标识	up-right arrow,arrow,direction,intercardinal,northeast,up-right
➡️	向右箭头,东,右,方向,标识,箭头	right arrow,arrow,cardinal,direction,east,right
↘️	右下箭头,东南,右下,方位,方向,标识	down-right arrow,arrow,direction,down-right,intercardinal,southeast
⬇️	向下箭头,南,向下,基本,方位,正南	down arrow,arrow,cardinal,direction,down,south
↙️	左下箭头,左下,方向,标识,箭头,西南	down-left arrow,arrow,direction,down-left,intercardinal,southwest
⬅️	向左箭头,左,方向,标识,箭头,西	left arrow,arrow,cardinal,direction,left,west
↖️	左上箭头,左上,方向,标识,箭头,西北	up-left arrow,arrow,direction,intercardinal,northwest,up-left
↕️	上下箭头,上下,箭头	up-down arrow,arrow,up-down
↔️	左右箭头,左右,箭头	left-right arrow,arrow,left-right
↩️	右转弯箭头,右转弯,向左弯曲的右箭头,箭头	right arrow curving left,arrow,curving,left,right
↪️	左转弯箭头,向右弯曲的左箭头,左转弯,箭头	left arrow curving right,arrow,curving,left,right
⤴️	右上弯箭头,右上弯,向上弯曲的右箭头,箭头	right arrow curving up,arrow,curving,right,up
⤵️	右下弯箭头,右下弯,向下弯曲的右箭头,箭头	right arrow curving down,arrow,curving,down,right
🔃	顺时针垂直箭头,刷新,垂直顺时针箭头,方向,标识,箭头	clockwise vertical arrows,arrow,arrows,clockwise,refresh,reload
🔄	逆时针箭头按钮,倒转,再次,刷新,箭头,逆时针	counterclockwise arrows button,again,anticlockwise,arrow,arrows,button
🔙	返回箭头,回退,箭头,返回	back arrow,arrow,back
🔚	结束箭头,箭头,终点,结束	end arrow,arrow,end
🔛	ON! 箭头,on,on! 箭头,开始,标识,箭头	on! arrow,arrow,mark,on!
🔜	SOON 箭头,soon 箭头,在路上,立刻回来,箭头,马上	soon arrow,arrow,brb,omw,soon
🔝	置顶,向上,标识,顶	top arrow,arrow,homie,top,up
🛐	宗教场所,地点,宗教,崇拜,敬神,礼拜	place of worship,place,pray,religion,worship
⚛️	原子符号,原子,无神论,物质	atom symbol,atheist,atom,symbol
🕉️	奥姆,印度,印度教,唵,宗教	om,hindu,religion
✡️	六芒星,六角星,大卫之星,大卫星,宗教,犹太	star of david,david,jew,jewish,judaism,religion
☸️	法轮,佛,宗教,舵,轮盘,达摩	wheel of dharma,buddhist,dharma,religion,wheel
☯️	阴阳,太极,宗教,道,道教,阳	yin yang,difficult,lives,religion,tao,taoist
✝️	十字架,基督,天主教,宗教	latin cross,christ,christian,cross,latin,religion
☦️	东正教十字架,东正教,十字架,基督,宗教,正教会十字	orthodox cross,christian,cross,orthodox,religion
☪️	星月,伊斯兰,宗教,斋戒月,穆斯林	star and crescent,crescent,islam,muslim,ramadan,religion
☮️	和平符号,和平	peace symbol,healing,peace,peaceful,symbol
🕎	烛台,光明节,宗教,灯台,犹太,犹太教	menorah,candelabrum,candlestick,hanukkah,jewish,judaism
🔯	带中间点的六芒星,六芒星,六芒星加圆点,六角星,命运,犹太	dotted six-pointed star,dotted,fortune,jewish,judaism,six-pointed
🪯	坎达,信仰,卡尔萨,善业与佩剑得胜,坎达长剑,宗教	khanda,deg,fateh,khalsa,religion,sikh
♈️	白羊座,公羊,星座,牡羊座	aries,aries,horoscope,ram,zodiac
♉️	金牛座,公牛,星座,金牛	taurus,bull,horoscope,ox,taurus,zodiac
♊️	双子座,双子,孪生子,星座	gemini,gemini,horoscope,twins,zodiac
♋️	巨蟹座,巨蟹,星座,螃蟹	cancer,cancer,crab,horoscope,zodiac
♌️	狮子座,星座,雄狮	leo,horoscope,leo,lion,zodiac
♍️	处女座,室女座,星座,黄道十二宫	virgo,horoscope,virgo,zodiac
♎️	天秤座,平衡,星座,正义	libra,balance,horoscope,justice,libra,scales
♏️	天蝎座,天蝎,星座,蝎子	scorpio,horoscope,scorpio,scorpion,scorpius,zodiac
♐️	射手座,人马座,射手,弓箭手,星座	sagittarius,archer,horoscope,sagittarius,zodiac
♑️	摩羯座,天宫图,山羊,摩羯,星座	capricorn,capricorn,goat,horoscope,zodiac
♒️	水瓶座,星座,水	aquarius,aquarius,bearer,horoscope,water,zodiac
♓️	双鱼座,双鱼,星座,鱼	pisces,fish,horoscope,pisces,zodiac
⛎️	蛇夫座,星座,蛇,蛇夫	ophiuchus,bearer,ophiuchus,serpent,snake,zodiac
🔀	随机播放音轨按钮,交叉,打乱,随机,随机播放	shuffle tracks button,arrow,button,crossed,shuffle,tracks
🔁	重复按钮,循环,循环播放,箭头,顺时针	repeat button,arrow,button,clockwise,repeat
🔂	重复一次按钮,单曲循环,循环,箭头,顺时针	repeat single button,arrow,button,clockwise,once,repeat
▶️	播放按钮,三角,右,向右,播放,箭头	play button,arrow,button,play,right,triangle
⏩️	快进按钮,双箭头,向前,快进,快速	fast-forward button,arrow,button,double,fast,fast-forward
⏭️	下一个音轨按钮,三角,下一个,下一曲,下一首,往后	next track button,arrow,button,next,scene,track
⏯️	播放或暂停按钮,三角,向右,播放,播放或暂停,暂停	play or pause button,arrow,button,pause,play,right
◀️	倒退按钮,三角,倒转,后退,向左,左	reverse button,arrow,button,left,reverse,triangle
⏪️	快退按钮,倒回,双箭头,快退,快速倒带	fast reverse button,arrow,button,double,fast,reverse
⏮️	上一个音轨按钮,三角,上一个,上一曲,上一首,箭头	last track button,arrow,button,last,previous,scene
🔼	向上三角形按钮,上,向上,向上按钮,往上,箭头	upwards button,arrow,button,red,up,upwards
⏫️	快速上升按钮,上,双箭头,向上,快速向上	fast up button,arrow,button,double,fast,up
🔽	向下三角形按钮,下,向下,向下按钮,往下,箭头	downwards button,arrow,button,down,downwards,red
⏬️	快速下降按钮,下,双箭头,向下,快速向下	fast down button,arrow,button,double,down,fast
⏸️	暂停按钮,停止,双条形,暂停	pause button,bar,button,double,pause,vertical
⏹️	停止按钮,停止,方形,正方形,终止	stop button,button,square,stop
⏺️	录制按钮,制作,圆,录像,录制,录音	record button,button,circle,record
⏏️	推出按钮,向上三角,弹出	eject button,button,eject
🎦	电影院,剧院,场所,影片,摄影机,电影	cinema,camera,film,movie
🔅	低亮度按钮,亮度,低,低亮度,昏暗,暗	dim button,brightness,button,dim,low
🔆	高亮度按钮,亮,亮度,太阳,明亮,高亮度	bright button,bright,brightness,button,light
📶	信号强度条,信号,天线,强度,手机,条	antenna bars,antenna,bar,bars,cell,communication
🛜	无线,wi-fi,wlan,互联网,宽带,智能手机	wireless,broadband,computer,connectivity,hotspot,internet
📳	振动模式,手机,振动,震动	vibration mode,cell,communication,mobile,mode,phone
📴	手机关机,关机,关闭,关闭手机,手机	mobile phone off,cell,mobile,off,phone,telephone
♀️	女性符号,符号,雌性	female sign,female,sign,woman
♂️	男性符号,符号,雄性	male sign,male,man,sign
⚧️	跨性别符号,跨性别	transgender symbol,symbol,transgender
✖️	乘,x,乘号,取消,相乘,符号	multiply,cancel,multiplication,sign,x,×
➕️	加,加号,十字,数学,相加,符号	plus,+
➖️	减,减号,数学,横线,符号	minus,-,heavy,math,sign,−
➗️	除,数学,相除,符号,除号	divide,division,heavy,math,sign,÷
🟰	粗等号,回答,平等,数学,相等,等于	heavy equals sign,answer,equal,equality,equals,heavy
♾️	无穷大,宇宙,无尽,极大	infinity,forever,unbounded,universal
‼️	双感叹号,两个,双叹号,叹号,吃惊,标点符号	double exclamation mark,!,!!,bangbang,double,exclamation
⁉️	感叹疑问号,叹号,叹号加问号,吃惊,标点符号,疑问惊叹号	exclamation question mark,!,!?,?,exclamation,interrobang
❓️	疑问,红色问号,为什么,标点,标点符号,问号	red question mark,?,mark,punctuation,question,red
❔️	白色问号,为什么,标点符号,空心,空心问号,问号	white question mark,?,mark,outlined,punctuation,question
❕️	白色感叹号,叹号,吃惊,标点符号,白色叹号,空心	white exclamation mark,!,exclamation,mark,outlined,punctuation
❗️	感叹,红色感叹号,叹号,吃惊,惊讶,感叹号	red exclamation mark,!,exclamation,mark,punctuation,red
〰️	波浪型破折号,标点符号,波浪线,浪花,象声号	wavy dash,dash,punctuation,wavy
💱	货币兑换,兑换,外汇,换汇,汇率,流通	currency exchange,bank,currency,exchange,money
💲	粗美元符号,现金,美元,美元符号,美刀,货币	heavy dollar sign,billion,cash,charge,currency,dollar
⚕️	医疗标志,医学,医疗,蛇杖,阿斯克勒庇俄斯,阿斯克勒庇俄斯蛇杖	medical symbol,aesculapius,medical,medicine,staff,symbol
♻️	回收标志,再利用,再生,回收,循环	recycling symbol,recycle,recycling,symbol
⚜️	百合花饰,鸢尾花	fleur-de-lis,knights
🔱	三叉戟徽章,三叉戟,工具,波塞冬,船,锚	trident emblem,anchor,emblem,poseidon,ship,tool
📛	姓名牌,名牌,徽章,胸牌,证章	name badge,badge,name
🔰	日本新手驾驶标志,v 型臂章,v形图案,人字形图记,军警,叶状	japanese symbol for beginner,beginner,chevron,green,japanese,leaf
⭕️	红色空心圆圈,0,o形,圆圈,大,大圆圈	hollow red circle,circle,heavy,hollow,large,o
✅️	完成,勾号按钮,勾,勾号,打勾,按钮	check mark button,button,check,checked,checkmark,complete
☑️	勾选框,做好,勾号,勾选,复选框,带勾方格	check box with check,ballot,box,check,checked,done
✔️	勾号,对勾,打勾,正确,符号	check mark,check,checked,checkmark,done,heavy
❌️	错,叉号,x,乘,交叉,取消	cross mark,cancel,cross,mark,multiplication,multiply
❎️	叉号按钮,乘,乘号,叉,取消,方形	cross mark button,button,cross,mark,multiplication,multiply
➰️	卷曲环,单环,日本单环标志,标志	curly loop,curl,curly,loop
➿️	双卷曲环,免费电话,双环,日本免费电话标志,标志	double curly loop,curl,curly,double,loop
〽️	庵点,开始歌唱,歌记号,符号	part alternation mark,alternation,mark,part
✳️	八轮辐星号,八芒星,星号	eight-spoked asterisk,*,asterisk,eight-spoked
✴️	八角星,星,符号	eight-pointed star,*,eight-pointed,star
❇️	火花,烟火,闪光,闪耀	sparkle,*
©️	版权	copyright,c
®️	注册,注册标记	registered,r
™️	商标,产品,标志	trade mark,mark,tm,trade,trademark
#️⃣	按键: #,按键	keycap: #,keycap
*️⃣	按键: *,按键	keycap: *,keycap
0️⃣	按键: 0,0,按键	keycap: 0,0,keycap,zero
1️⃣	按键: 1,1,一,按键	keycap: 1,1,keycap,one
2️⃣	按键: 2,2,二,按键	keycap: 2,2,keycap,two
3️⃣	按键: 3,3,三,按键	keycap: 3,3,keycap,three
4️⃣	按键: 4,4,四,按键	keycap: 4,4,four,keycap
5️⃣	按键: 5,5,五,按键	keycap: 5,5,five,keycap
6️⃣	按键: 6,6,六,按键	keycap: 6,6,keycap,six
7️⃣	按键: 7,7,七,按键	keycap: 7,7,keycap,seven
8️⃣	按键: 8,8,八,按键	keycap: 8,8,eight,keycap
9️⃣	按键: 9,9,九,按键	keycap: 9,9,keycap,nine
🔟	按键: 10,按键	keycap: 10,keycap
🔠	输入大写拉丁字母,abcd,大写字母,大写字母键,字母,打字	input latin uppercase,abcd,input,latin,letters,uppercase
🔡	输入小写拉丁字母,abcd,小写字母,小写字母键,打字,拉丁文	input latin lowercase,abcd,input,latin,letters,lowercase
🔢	输入数字,1234,打字,数字	input numbers,1234,input,numbers
🔣	输入符号,字符,打字,符号	input symbols,%,&,input,symbols,♪
🔤	输入拉丁字母,abc,字母,打字,拉丁字母,拉丁字母键	input latin letters,abc,alphabet,input,latin,letters
🅰️	A型血,a,a型血,字母a,按钮,血型	a button (blood type),blood,button,type
🆎	AB型血,ab,ab型血,字母ab,按钮,血型	ab button (blood type),ab,blood,button,type
🅱️	B型血,b,b型血,按钮,血型,血液	b button (blood type),b,blood,button,type
🆑	CL按钮,cl,cl按钮,手机,清理,清除	cl button,button,cl
🆒	cool按钮,cool,按键,酷	cool button,button,cool
🆓	免费按钮,free,不收费,免费,按钮,自由	free button,button,free
ℹ️	信息,信息中心,查询,资料	information,i
🆔	ID按钮,id,id按钮,按键,识别,身份	id button,button,id,identity
Ⓜ️	圆圈包围的M,m,圆圈包围的m,圈,字母,米	circled m,circle,circled,m
🆕	new按钮,按键,新,新的	new button,button,new
🆖	NG按钮,ng,ng按钮,按钮,按键,花絮	ng button,button,ng
🅾️	O 型血,o,o 型血,o型血,字母o,按钮	o button (blood type),blood,button,o,type
🆗	OK按钮,ok,ok按钮,同意,按键	ok button,button,ok,okay
🅿️	停车按钮,p,停车,按键,泊车	p button,button,p,parking
🆘	SOS按钮,sos,sos按钮,按键,救命,求救	sos button,button,help,sos
🆙	up按钮,up,向上,按键	up! button,button,mark,up,up!
🆚	VS按钮,vs,vs按钮,对,对决,按键	vs button,button,versus,vs
🈁	日文的“这里”按钮,koko,按键,日文,日语,此处	japanese “here” button,button,here,japanese,katakana
🈂️	日文的“服务费”按钮,sa,按键,收费,日文,日文sa	japanese “service charge” button,button,charge,japanese,katakana,service
🈷️	日文的“月总量”按钮,按键,日文,日本,月,月度	japanese “monthly amount” button,amount,button,ideograph,japanese,monthly
🈶	日文的“收费”按钮,按键,日文,日本,有,有料	japanese “not free of charge” button,button,charge,free,ideograph,japanese
🈯️	日文的“预留”按钮,保留,指,按键,日文,日本	japanese “reserved” button,button,ideograph,japanese,reserved
🉐	日文的“议价”按钮,得,按键,日文,日本,表意文字	japanese “bargain” button,bargain,button,ideograph,japanese
🈹	日文的“打折”按钮,割,打折,折扣,按键,日文	japanese “discount” button,button,discount,ideograph,japanese
🈚️	日文的“免费”按钮,免费,免钱,按键,无,日文	japanese “free of charge” button,button,charge,free,ideograph,japanese
🈲	日文的“禁止”按钮,严禁,按键,日文,日本,禁	japanese “prohibited” button,button,ideograph,japanese,prohibited
🉑	日文的“可接受”按钮,可,可接受,按键,日文,日本	japanese “acceptable” button,acceptable,button,ideograph,japanese
🈸	日文的“申请”按钮,日文,日本,日语,申,申请	japanese “application” button,application,button,ideograph,japanese
🈴	日文的“合格”按钮,及格,合,按键,日文,日本	japanese “passing grade” button,button,grade,ideograph,japanese,passing
🈳	日文的“有空位”按钮,日文,日本,日语,有空位,空	japanese “vacancy” button,button,ideograph,japanese,vacancy
㊗️	日文的“祝贺”按钮,庆贺,按键,日文,日本,祝	japanese “congratulations” button,button,congratulations,ideograph,japanese
㊙️	日文的“秘密”按钮,保密,按键,日文,日本,秘	japanese “secret” button,button,ideograph,japanese,secret
🈺	日文的“开始营业”按钮,开门,按键,日文,日本,营	japanese “open for business” button,business,button,ideograph,japanese,open
🈵	日文的“没有空位”按钮,座位,按键,日文,日本,满	japanese “no vacancy” button,button,ideograph,japanese,no,vacancy
🔴	红色圆,几何,圆,圈,红,红圈	red circle,circle,geometric,red
🟠	橙色圆,圆,圆圈,圈,橙	orange circle,circle,orange
🟡	黄色圆,圆,圈,黄,黄色,黄色圆圈	yellow circle,circle,yellow
🟢	绿色圆,圆,圆圈,圈,绿	green circle,circle,green
🔵	蓝色圆,圆,圈,蓝,蓝圈	blue circle,blue,circle,geometric
🟣	紫色圆,圆,圆圈,圈,紫,紫色	purple circle,circle,purple
🟤	棕色圆,圆,圆圈,圈,棕	brown circle,brown,circle
⚫️	黑色圆,圆,圈,黑	black circle,black,circle,geometric
⚪️	白色圆,圆,圈,白,白圈	white circle,circle,geometric,white
🟥	红色方块,方块,方框,正方形,红,红色	red square,card,penalty,red,square
🟧	橙色方块,方块,方框,橙,橙色,正方形	orange square,orange,square
🟨	黄色方块,方块,方框,正方形,黄,黄色	yellow square,card,penalty,square,yellow
🟩	绿色方块,方块,方框,正方形,绿,绿色	green square,green,square
🟦	蓝色方块,方块,方框,正方形,蓝,蓝色	blue square,blue,square
🟪	紫色方块,方块,方框,正方形,紫,紫色	purple square,purple,square
🟫	棕色方块,方块,方框,棕,棕色,正方形	brown square,brown,square
⬛️	黑线大方框,大,方形,正方形,黑色,黑色大方形	black large square,black,geometric,large,square
⬜️	白线大方框,大,方形,正方形,白色,白色方块	white large square,geometric,large,square,white
◼️	黑色中方块,中等,几何,方形,正方形,黑色	black medium square,black,geometric,medium,square
◻️	白色中方块,中等,方形,正方形,白色	white medium square,geometric,medium,square,white
◾️	黑色中小方块,中小,方形,正方形,黑色	black medium-small square,black,geometric,medium-small,square
◽️	白色中小方块,中小 正方形,几何,方形,白色	white medium-small square,geometric,medium-small,square,white
▪️	黑色小方块,几何,几何图形,小,方形,正方形	black small square,black,geometric,small,square
▫️	白色小方块,小,方形,正方形,白色	white small square,geometric,small,square,white
🔶	橙色大菱形,大,方块,方片,橘色方块,橘黄色	large orange diamond,diamond,geometric,large,orange
🔷	蓝色大菱形,大,方块,方片,菱形,蓝色	large blue diamond,blue,diamond,geometric,large
🔸	橙色小菱形,小,方块,方片,橘色方块,橘黄色	small orange diamond,diamond,geometric,orange,small
🔹	蓝色小菱形,小,方片,菱形,蓝色,蓝色方块	small blue diamond,blue,diamond,geometric,small
🔺	红色正三角,三角形,向上,正三角,红色	red triangle pointed up,geometric,pointed,red,triangle,up
🔻	红色倒三角,三角形,下,倒三角,向下,红色	red triangle pointed down,down,geometric,pointed,red,triangle
💠	带圆点的菱形,中心,内部,圆,方块,方块内有点	diamond with a dot,comic,diamond,dot,geometric
🔘	单选按钮,单独,单选钮,圆心,按钮,按键	radio button,button,geometric,radio
🔳	白色方形按钮,按钮,方形,白线方形按钮,白线正方形按钮,白色正方形按钮	white square button,button,geometric,outlined,square,white
🔲	黑色方形按钮,几何,几何图形,按钮,方形,黑线方形按钮	black square button,black,button,geometric,square`,
  flags: `
🏁	黑白方格旗,方格,格子旗,竞赛,终点,终点旗	chequered flag,checkered,chequered,finish,flag,flags
🚩	三角旗,升旗,旗,旗杆上的三角旗,旗杆上的旗帜,红色旗帜	triangular flag,construction,flag,golf,post,triangular
🎌	交叉旗,对叉,旗,旗帜,日本	crossed flags,celebration,cross,crossed,flags,japanese
🏴	黑旗,举黑旗,摇黑棋,黑色旗,黑色旗子,黑色旗帜	black flag,black,flag,waving
🏳️	白旗,举白旗,摇白旗,白色旗子,白色旗帜	white flag,flag,waving,white
🏳️‍🌈	彩虹旗,双性,同性,多色,彩虹,旗	rainbow flag,bisexual,flag,gay,genderqueer,glbt
🏳️‍⚧️	跨性别旗,旗帜,浅蓝色,白色,粉红色,跨性别	transgender flag,blue,flag,light,pink,transgender
🏴‍☠️	海盗旗,掠夺,海上,财宝,骷髅	pirate flag,flag,jolly,pirate,plunder,roger
🇦🇨	旗: 阿森松岛,AC,旗	flag: ascension island,ac,flag
🇦🇩	旗: 安道尔,AD,旗	flag: andorra,ad,flag
🇦🇪	旗: 阿拉伯联合酋长国,AE,旗	flag: united arab emirates,ae,flag
🇦🇫	旗: 阿富汗,AF,旗	flag: afghanistan,af,flag
🇦🇬	旗: 安提瓜和巴布达,AG,旗	flag: antigua & barbuda,ag,flag
🇦🇮	旗: 安圭拉,AI,旗	flag: anguilla,ai,flag
🇦🇱	旗: 阿尔巴尼亚,AL,旗	flag: albania,al,flag
🇦🇲	旗: 亚美尼亚,AM,旗	flag: armenia,am,flag
🇦🇴	旗: 安哥拉,AO,旗	flag: angola,ao,flag
🇦🇶	旗: 南极洲,AQ,旗	flag: antarctica,aq,flag
🇦🇷	旗: 阿根廷,AR,旗	flag: argentina,ar,flag
🇦🇸	旗: 美属萨摩亚,AS,旗	flag: american samoa,as,flag
🇦🇹	旗: 奥地利,AT,旗	flag: austria,at,flag
🇦🇺	旗: 澳大利亚,AU,旗	flag: australia,au,flag
🇦🇼	旗: 阿鲁巴,AW,旗	flag: aruba,aw,flag
🇦🇽	旗: 奥兰群岛,AX,旗	flag: åland islands,ax,flag
🇦🇿	旗: 阿塞拜疆,AZ,旗	flag: azerbaijan,az,flag
🇧🇦	旗: 波斯尼亚和黑塞哥维那,BA,旗	flag: bosnia & herzegovina,ba,flag
🇧🇧	旗: 巴巴多斯,BB,旗	flag: barbados,bb,flag
🇧🇩	旗: 孟加拉国,BD,旗	flag: bangladesh,bd,flag
🇧🇪	旗: 比利时,BE,旗	flag: belgium,be,flag
🇧🇫	旗: 布基纳法索,BF,旗	flag: burkina faso,bf,flag
🇧🇬	旗: 保加利亚,BG,旗	flag: bulgaria,bg,flag
🇧🇭	旗: 巴林,BH,旗	flag: bahrain,bh,flag
🇧🇮	旗: 布隆迪,BI,旗	flag: burundi,bi,flag
🇧🇯	旗: 贝宁,BJ,旗	flag: benin,bj,flag
🇧🇱	旗: 圣巴泰勒米,BL,旗	flag: st. barthélemy,bl,flag
🇧🇲	旗: 百慕大,BM,旗	flag: bermuda,bm,flag
🇧🇳	旗: 文莱,BN,旗	flag: brunei,bn,flag
🇧🇴	旗: 玻利维亚,BO,旗	flag: bolivia,bo,flag
🇧🇶	旗: 荷属加勒比区,BQ,旗	flag: caribbean netherlands,bq,flag
🇧🇷	旗: 巴西,BR,旗	flag: brazil,br,flag
🇧🇸	旗: 巴哈马,BS,旗	flag: bahamas,bs,flag
🇧🇹	旗: 不丹,BT,旗	flag: bhutan,bt,flag
🇧🇻	旗: 布韦岛,BV,旗	flag: bouvet island,bv,flag
🇧🇼	旗: 博茨瓦纳,BW,旗	flag: botswana,bw,flag
🇧🇾	旗: 白俄罗斯,BY,旗	flag: belarus,by,flag
🇧🇿	旗: 伯利兹,BZ,旗	flag: belize,bz,flag
🇨🇦	旗: 加拿大,CA,旗	flag: canada,ca,flag
🇨🇨	旗: 科科斯（基林）群岛,CC,旗	flag: cocos (keeling) islands,cc,flag
🇨🇩	旗: 刚果（金）,CD,旗	flag: congo - kinshasa,cd,flag
🇨🇫	旗: 中非共和国,CF,旗	flag: central african republic,cf,flag
🇨🇬	旗: 刚果（布）,CG,旗	flag: congo - brazzaville,cg,flag
🇨🇭	旗: 瑞士,CH,旗	flag: switzerland,ch,flag
🇨🇮	旗: 科特迪瓦,CI,旗	flag: côte d’ivoire,ci,flag
🇨🇰	旗: 库克群岛,CK,旗	flag: cook islands,ck,flag
🇨🇱	旗: 智利,CL,旗	flag: chile,cl,flag
🇨🇲	旗: 喀麦隆,CM,旗	flag: cameroon,cm,flag
🇨🇳	旗: 中国,CN,旗	flag: china,cn,flag
🇨🇴	旗: 哥伦比亚,CO,旗	flag: colombia,co,flag
🇨🇵	旗: 克利珀顿岛,CP,旗	flag: clipperton island,cp,flag
🇨🇷	旗: 哥斯达黎加,CR,旗	flag: costa rica,cr,flag
🇨🇺	旗: 古巴,CU,旗	flag: cuba,cu,flag
🇨🇻	旗: 佛得角,CV,旗	flag: cape verde,cv,flag
🇨🇼	旗: 库拉索,CW,旗	flag: curaçao,cw,flag
🇨🇽	旗: 圣诞岛,CX,旗	flag: christmas island,cx,flag
🇨🇾	旗: 塞浦路斯,CY,旗	flag: cyprus,cy,flag
🇨🇿	旗: 捷克,CZ,旗	flag: czechia,cz,flag
🇩🇪	旗: 德国,DE,旗	flag: germany,de,flag
🇩🇬	旗: 迪戈加西亚岛,DG,旗	flag: diego garcia,dg,flag
🇩🇯	旗: 吉布提,DJ,旗	flag: djibouti,dj,flag
🇩🇰	旗: 丹麦,DK,旗	flag: denmark,dk,flag
🇩🇲	旗: 多米尼克,DM,旗	flag: dominica,dm,flag
🇩🇴	旗: 多米尼加共和国,DO,旗	flag: dominican republic,do,flag
🇩🇿	旗: 阿尔及利亚,DZ,旗	flag: algeria,dz,flag
🇪🇦	旗: 休达及梅利利亚,EA,旗	flag: ceuta & melilla,ea,flag
🇪🇨	旗: 厄瓜多尔,EC,旗	flag: ecuador,ec,flag
🇪🇪	旗: 爱沙尼亚,EE,旗	flag: estonia,ee,flag
🇪🇬	旗: 埃及,EG,旗	flag: egypt,eg,flag
🇪🇭	旗: 西撒哈拉,EH,旗	flag: western sahara,eh,flag
🇪🇷	旗: 厄立特里亚,ER,旗	flag: eritrea,er,flag
🇪🇸	旗: 西班牙,ES,旗	flag: spain,es,flag
🇪🇹	旗: 埃塞俄比亚,ET,旗	flag: ethiopia,et,flag
🇪🇺	旗: 欧盟,EU,旗	flag: european union,eu,flag
🇫🇮	旗: 芬兰,FI,旗	flag: finland,fi,flag
🇫🇯	旗: 斐济,FJ,旗	flag: fiji,fj,flag
🇫🇰	旗: 福克兰群岛,FK,旗	flag: falkland islands,fk,flag
🇫🇲	旗: 密克罗尼西亚,FM,旗	flag: micronesia,fm,flag
🇫🇴	旗: 法罗群岛,FO,旗	flag: faroe islands,fo,flag
🇫🇷	旗: 法国,FR,旗	flag: france,fr,flag
🇬🇦	旗: 加蓬,GA,旗	flag: gabon,ga,flag
🇬🇧	旗: 英国,GB,旗	flag: united kingdom,gb,flag
🇬🇩	旗: 格林纳达,GD,旗	flag: grenada,gd,flag
🇬🇪	旗: 格鲁吉亚,GE,旗	flag: georgia,ge,flag
🇬🇫	旗: 法属圭亚那,GF,旗	flag: french guiana,gf,flag
🇬🇬	旗: 根西岛,GG,旗	flag: guernsey,gg,flag
🇬🇭	旗: 加纳,GH,旗	flag: ghana,gh,flag
🇬🇮	旗: 直布罗陀,GI,旗	flag: gibraltar,gi,flag
🇬🇱	旗: 格陵兰,GL,旗	flag: greenland,gl,flag
🇬🇲	旗: 冈比亚,GM,旗	flag: gambia,gm,flag
🇬🇳	旗: 几内亚,GN,旗	flag: guinea,gn,flag
🇬🇵	旗: 瓜德罗普,GP,旗	flag: guadeloupe,gp,flag
🇬🇶	旗: 赤道几内亚,GQ,旗	flag: equatorial guinea,gq,flag
🇬🇷	旗: 希腊,GR,旗	flag: greece,gr,flag
🇬🇸	旗: 南乔治亚和南桑威奇群岛,GS,旗	flag: south georgia & south sandwich islands,gs,flag
🇬🇹	旗: 危地马拉,GT,旗	flag: guatemala,gt,flag
🇬🇺	旗: 关岛,GU,旗	flag: guam,gu,flag
🇬🇼	旗: 几内亚比绍,GW,旗	flag: guinea-bissau,gw,flag
🇬🇾	旗: 圭亚那,GY,旗	flag: guyana,gy,flag
🇭🇰	旗: 中国香港特别行政区,HK,旗	flag: hong kong sar china,hk,flag
🇭🇲	旗: 赫德岛和麦克唐纳群岛,HM,旗	flag: heard & mcdonald islands,hm,flag
🇭🇳	旗: 洪都拉斯,HN,旗	flag: honduras,hn,flag
🇭🇷	旗: 克罗地亚,HR,旗	flag: croatia,hr,flag
🇭🇹	旗: 海地,HT,旗	flag: haiti,ht,flag
🇭🇺	旗: 匈牙利,HU,旗	flag: hungary,hu,flag
🇮🇨	旗: 加纳利群岛,IC,旗	flag: canary islands,ic,flag
🇮🇩	旗: 印度尼西亚,ID,旗	flag: indonesia,id,flag
🇮🇪	旗: 爱尔兰,IE,旗	flag: ireland,ie,flag
🇮🇱	旗: 以色列,IL,旗	flag: israel,il,flag
🇮🇲	旗: 马恩岛,IM,旗	flag: isle of man,im,flag
🇮🇳	旗: 印度,IN,旗	flag: india,in,flag
🇮🇴	旗: 英属印度洋领地,IO,旗	flag: british indian ocean territory,io,flag
🇮🇶	旗: 伊拉克,IQ,旗	flag: iraq,iq,flag
🇮🇷	旗: 伊朗,IR,旗	flag: iran,ir,flag
🇮🇸	旗: 冰岛,IS,旗	flag: iceland,is,flag
🇮🇹	旗: 意大利,IT,旗	flag: italy,it,flag
🇯🇪	旗: 泽西岛,JE,旗	flag: jersey,je,flag
🇯🇲	旗: 牙买加,JM,旗	flag: jamaica,jm,flag
🇯🇴	旗: 约旦,JO,旗	flag: jordan,jo,flag
🇯🇵	旗: 日本,JP,旗	flag: japan,jp,flag
🇰🇪	旗: 肯尼亚,KE,旗	flag: kenya,ke,flag
🇰🇬	旗: 吉尔吉斯斯坦,KG,旗	flag: kyrgyzstan,kg,flag
🇰🇭	旗: 柬埔寨,KH,旗	flag: cambodia,kh,flag
🇰🇮	旗: 基里巴斯,KI,旗	flag: kiribati,ki,flag
🇰🇲	旗: 科摩罗,KM,旗	flag: comoros,km,flag
🇰🇳	旗: 圣基茨和尼维斯,KN,旗	flag: st. kitts & nevis,kn,flag
🇰🇵	旗: 朝鲜,KP,旗	flag: north korea,kp,flag
🇰🇷	旗: 韩国,KR,旗	flag: south korea,kr,flag
🇰🇼	旗: 科威特,KW,旗	flag: kuwait,kw,flag
🇰🇾	旗: 开曼群岛,KY,旗	flag: cayman islands,ky,flag
🇰🇿	旗: 哈萨克斯坦,KZ,旗	flag: kazakhstan,kz,flag
🇱🇦	旗: 老挝,LA,旗	flag: laos,la,flag
🇱🇧	旗: 黎巴嫩,LB,旗	flag: lebanon,lb,flag
🇱🇨	旗: 圣卢西亚,LC,旗	flag: st. lucia,lc,flag
🇱🇮	旗: 列支敦士登,LI,旗	flag: liechtenstein,li,flag
🇱🇰	旗: 斯里兰卡,LK,旗	flag: sri lanka,lk,flag
🇱🇷	旗: 利比里亚,LR,旗	flag: liberia,lr,flag
🇱🇸	旗: 莱索托,LS,旗	flag: lesotho,ls,flag
🇱🇹	旗: 立陶宛,LT,旗	flag: lithuania,lt,flag
🇱🇺	旗: 卢森堡,LU,旗	flag: luxembourg,lu,flag
🇱🇻	旗: 拉脱维亚,LV,旗	flag: latvia,lv,flag
🇱🇾	旗: 利比亚,LY,旗	flag: libya,ly,flag
🇲🇦	旗: 摩洛哥,MA,旗	flag: morocco,ma,flag
🇲🇨	旗: 摩纳哥,MC,旗	flag: monaco,mc,flag
🇲🇩	旗: 摩尔多瓦,MD,旗	flag: moldova,md,flag
🇲🇪	旗: 黑山,ME,旗	flag: montenegro,me,flag
🇲🇫	旗: 法属圣马丁,MF,旗	flag: st. martin,mf,flag
🇲🇬	旗: 马达加斯加,MG,旗	flag: madagascar,mg,flag
🇲🇭	旗: 马绍尔群岛,MH,旗	flag: marshall islands,mh,flag
🇲🇰	旗: 北马其顿,MK,旗	flag: north macedonia,mk,flag
🇲🇱	旗: 马里,ML,旗	flag: mali,ml,flag
🇲🇲	旗: 缅甸,MM,旗	flag: myanmar (burma),mm,flag
🇲🇳	旗: 蒙古,MN,旗	flag: mongolia,mn,flag
🇲🇴	旗: 中国澳门特别行政区,MO,旗	flag: macao sar china,mo,flag
🇲🇵	旗: 北马里亚纳群岛,MP,旗	flag: northern mariana islands,mp,flag
🇲🇶	旗: 马提尼克,MQ,旗	flag: martinique,mq,flag
🇲🇷	旗: 毛里塔尼亚,MR,旗	flag: mauritania,mr,flag
🇲🇸	旗: 蒙特塞拉特,MS,旗	flag: montserrat,ms,flag
🇲🇹	旗: 马耳他,MT,旗	flag: malta,mt,flag
🇲🇺	旗: 毛里求斯,MU,旗	flag: mauritius,mu,flag
🇲🇻	旗: 马尔代夫,MV,旗	flag: maldives,mv,flag
🇲🇼	旗: 马拉维,MW,旗	flag: malawi,mw,flag
🇲🇽	旗: 墨西哥,MX,旗	flag: mexico,mx,flag
🇲🇾	旗: 马来西亚,MY,旗	flag: malaysia,my,flag
🇲🇿	旗: 莫桑比克,MZ,旗	flag: mozambique,mz,flag
🇳🇦	旗: 纳米比亚,NA,旗	flag: namibia,na,flag
🇳🇨	旗: 新喀里多尼亚,NC,旗	flag: new caledonia,nc,flag
🇳🇪	旗: 尼日尔,NE,旗	flag: niger,ne,flag
🇳🇫	旗: 诺福克岛,NF,旗	flag: norfolk island,nf,flag
🇳🇬	旗: 尼日利亚,NG,旗	flag: nigeria,ng,flag
🇳🇮	旗: 尼加拉瓜,NI,旗	flag: nicaragua,ni,flag
🇳🇱	旗: 荷兰,NL,旗	flag: netherlands,nl,flag
🇳🇴	旗: 挪威,NO,旗	flag: norway,no,flag
🇳🇵	旗: 尼泊尔,NP,旗	flag: nepal,np,flag
🇳🇷	旗: 瑙鲁,NR,旗	flag: nauru,nr,flag
🇳🇺	旗: 纽埃,NU,旗	flag: niue,nu,flag
🇳🇿	旗: 新西兰,NZ,旗	flag: new zealand,nz,flag
🇴🇲	旗: 阿曼,OM,旗	flag: oman,om,flag
🇵🇦	旗: 巴拿马,PA,旗	flag: panama,pa,flag
🇵🇪	旗: 秘鲁,PE,旗	flag: peru,pe,flag
🇵🇫	旗: 法属波利尼西亚,PF,旗	flag: french polynesia,pf,flag
🇵🇬	旗: 巴布亚新几内亚,PG,旗	flag: papua new guinea,pg,flag
🇵🇭	旗: 菲律宾,PH,旗	flag: philippines,ph,flag
🇵🇰	旗: 巴基斯坦,PK,旗	flag: pakistan,pk,flag
🇵🇱	旗: 波兰,PL,旗	flag: poland,pl,flag
🇵🇲	旗: 圣皮埃尔和密克隆群岛,PM,旗	flag: st. pierre & miquelon,pm,flag
🇵🇳	旗: 皮特凯恩群岛,PN,旗	flag: pitcairn islands,pn,flag
🇵🇷	旗: 波多黎各,PR,旗	flag: puerto rico,pr,flag
🇵🇸	旗: 巴勒斯坦领土,PS,旗	flag: palestinian territories,ps,flag
🇵🇹	旗: 葡萄牙,PT,旗	flag: portugal,pt,flag
🇵🇼	旗: 帕劳,PW,旗	flag: palau,pw,flag
🇵🇾	旗: 巴拉圭,PY,旗	flag: paraguay,py,flag
🇶🇦	旗: 卡塔尔,QA,旗	flag: qatar,qa,flag
🇷🇪	旗: 留尼汪,RE,旗	flag: réunion,re,flag
🇷🇴	旗: 罗马尼亚,RO,旗	flag: romania,ro,flag
🇷🇸	旗: 塞尔维亚,RS,旗	flag: serbia,rs,flag
🇷🇺	旗: 俄罗斯,RU,旗	flag: russia,ru,flag
🇷🇼	旗: 卢旺达,RW,旗	flag: rwanda,rw,flag
🇸🇦	旗: 沙特阿拉伯,SA,旗	flag: saudi arabia,sa,flag
🇸🇧	旗: 所罗门群岛,SB,旗	flag: solomon islands,sb,flag
🇸🇨	旗: 塞舌尔,SC,旗	flag: seychelles,sc,flag
🇸🇩	旗: 苏丹,SD,旗	flag: sudan,sd,flag
🇸🇪	旗: 瑞典,SE,旗	flag: sweden,se,flag
🇸🇬	旗: 新加坡,SG,旗	flag: singapore,sg,flag
🇸🇭	旗: 圣赫勒拿,SH,旗	flag: st. helena,sh,flag
🇸🇮	旗: 斯洛文尼亚,SI,旗	flag: slovenia,si,flag
🇸🇯	旗: 斯瓦尔巴和扬马延,SJ,旗	flag: svalbard & jan mayen,sj,flag
🇸🇰	旗: 斯洛伐克,SK,旗	flag: slovakia,sk,flag
🇸🇱	旗: 塞拉利昂,SL,旗	flag: sierra leone,sl,flag
🇸🇲	旗: 圣马力诺,SM,旗	flag: san marino,sm,flag
🇸🇳	旗: 塞内加尔,SN,旗	flag: senegal,sn,flag
🇸🇴	旗: 索马里,SO,旗	flag: somalia,so,flag
🇸🇷	旗: 苏里南,SR,旗	flag: suriname,sr,flag
🇸🇸	旗: 南苏丹,SS,旗	flag: south sudan,ss,flag
🇸🇹	旗: 圣多美和普林西比,ST,旗	flag: são tomé & príncipe,st,flag
🇸🇻	旗: 萨尔瓦多,SV,旗	flag: el salvador,sv,flag
🇸🇽	旗: 荷属圣马丁,SX,旗	flag: sint maarten,sx,flag
🇸🇾	旗: 叙利亚,SY,旗	flag: syria,sy,flag
🇸🇿	旗: 斯威士兰,SZ,旗	flag: eswatini,sz,flag
🇹🇦	旗: 特里斯坦-达库尼亚群岛,TA,旗	flag: tristan da cunha,ta,flag
🇹🇨	旗: 特克斯和凯科斯群岛,TC,旗	flag: turks & caicos islands,tc,flag
🇹🇩	旗: 乍得,TD,旗	flag: chad,td,flag
🇹🇫	旗: 法属南部领地,TF,旗	flag: french southern territories,tf,flag
🇹🇬	旗: 多哥,TG,旗	flag: togo,tg,flag
🇹🇭	旗: 泰国,TH,旗	flag: thailand,th,flag
🇹🇯	旗: 塔吉克斯坦,TJ,旗	flag: tajikistan,tj,flag
🇹🇰	旗: 托克劳,TK,旗	flag: tokelau,tk,flag
🇹🇱	旗: 东帝汶,TL,旗	flag: timor-leste,tl,flag
🇹🇲	旗: 土库曼斯坦,TM,旗	flag: turkmenistan,tm,flag
🇹🇳	旗: 突尼斯,TN,旗	flag: tunisia,tn,flag
🇹🇴	旗: 汤加,TO,旗	flag: tonga,to,flag
🇹🇷	旗: 土耳其,TR,旗	flag: türkiye,tr,flag
🇹🇹	旗: 特立尼达和多巴哥,TT,旗	flag: trinidad & tobago,tt,flag
🇹🇻	旗: 图瓦卢,TV,旗	flag: tuvalu,tv,flag
🇹🇼	旗: 台湾,TW,旗	flag: taiwan,tw,flag
🇹🇿	旗: 坦桑尼亚,TZ,旗	flag: tanzania,tz,flag
🇺🇦	旗: 乌克兰,UA,旗	flag: ukraine,ua,flag
🇺🇬	旗: 乌干达,UG,旗	flag: uganda,ug,flag
🇺🇲	旗: 美国本土外小岛屿,UM,旗	flag: u.s. outlying islands,um,flag
🇺🇳	旗: 联合国,UN,旗	flag: united nations,un,flag
🇺🇸	旗: 美国,US,旗	flag: united states,us,flag
🇺🇾	旗: 乌拉圭,UY,旗	flag: uruguay,uy,flag
🇺🇿	旗: 乌兹别克斯坦,UZ,旗	flag: uzbekistan,uz,flag
🇻🇦	旗: 梵蒂冈,VA,旗	flag: vatican city,va,flag
🇻🇨	旗: 圣文森特和格林纳丁斯,VC,旗	flag: st. vincent & grenadines,vc,flag
🇻🇪	旗: 委内瑞拉,VE,旗	flag: venezuela,ve,flag
🇻🇬	旗: 英属维尔京群岛,VG,旗	flag: british virgin islands,vg,flag
🇻🇮	旗: 美属维尔京群岛,VI,旗	flag: u.s. virgin islands,vi,flag
🇻🇳	旗: 越南,VN,旗	flag: vietnam,vn,flag
🇻🇺	旗: 瓦努阿图,VU,旗	flag: vanuatu,vu,flag
🇼🇫	旗: 瓦利斯和富图纳,WF,旗	flag: wallis & futuna,wf,flag
🇼🇸	旗: 萨摩亚,WS,旗	flag: samoa,ws,flag
🇽🇰	旗: 科索沃,XK,旗	flag: kosovo,xk,flag
🇾🇪	旗: 也门,YE,旗	flag: yemen,ye,flag
🇾🇹	旗: 马约特,YT,旗	flag: mayotte,yt,flag
🇿🇦	旗: 南非,ZA,旗	flag: south africa,za,flag
🇿🇲	旗: 赞比亚,ZM,旗	flag: zambia,zm,flag
🇿🇼	旗: 津巴布韦,ZW,旗	flag: zimbabwe,zw,flag
🏴󠁧󠁢󠁥󠁮󠁧󠁿	旗: 英格兰,gbeng,旗	flag: england,flag,gbeng
🏴󠁧󠁢󠁳󠁣󠁴󠁿	旗: 苏格兰,gbsct,旗	flag: scotland,flag,gbsct
🏴󠁧󠁢󠁷󠁬󠁳󠁿	旗: 威尔士,gbwls,旗	flag: wales,flag,gbwls`,
};
