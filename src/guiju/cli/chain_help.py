"""What ``guiju chain --help`` and the help of its actions say, in Chinese and English, with examples."""

from __future__ import annotations

CHAIN = (
    """\
链条：谁向谁报告、移送、转介、抄送，由此引起什么，全程多久，哪里断了。

都由条文推得，不用另画：规则写明谁应当或者可以做什么、交给谁、多少日内；行为写明做了产生什么。

路径与 guiju check 相同。怎样阅读和使用，见 docs/howto/chains.md。""",
    """\
Chains: who reports, refers and hands over to whom, what that sets going, how long it takes, where it breaks.

All of it follows from the rules, and nothing is drawn by hand: a rule says who must or may do what, to whom
it goes and within which term; an action says what doing it brings about.

Paths are as for guiju check. How to read and use chains: docs/howto/chains.md.""",
)
CHAIN_EXAMPLES = (
    """\
guiju chain show                                      谁把什么交给谁
guiju chain show --format svg -o 链条.svg             画成图
guiju chain paths --from 报告日                       从一个事件起的各条链条，期限与合计
guiju chain schedule --from 报告日 --on 2026-03-02    从这一天起，最迟各是哪一天
guiju chain check                                     链条断在哪里""",
    """\
guiju chain show                                      who passes what to whom
guiju chain show --format svg -o chains.svg           as a picture
guiju chain paths --from 报告日                       the chains from an event on, with terms and sums
guiju chain schedule --from 报告日 --on 2026-03-02    which last days follow from a day
guiju chain check                                     where chains break""",
)

SHOW = (
    """\
列出或者画出谁把什么交给谁，或者什么引起什么。

默认是表：谁、传递什么、交给谁、依据与期限。没有写明的写作“未写明”；交给机关以后没有任何规定的，标明\
“断头”。--events 画事件与环节：哪个事件引起哪个环节，环节又产生什么。

--instrument、--actor、--event、--kind 缩小范围：同一选项给出几次，合乎其一即可；不同的选项都要合乎。

svg 与 png 由 Graphviz 排版，需要 guiju[draw]；dot、mermaid、graphml、json 不需要。

结束状态：0 已列出；2 参数或者条文有错；3 已列出，但有的问题未决，断头可能不全。""",
    """\
list or draw who passes what to whom, or what sets off what.

By default a table: who, what is passed on, to whom, by which provision and when. Whoever is not named is
marked so; what goes to an authority and sets nothing going is a dead end. --events draws events and steps:
which event sets which step going, and what that brings about.

--instrument, --actor, --event and --kind narrow it down: of one option given twice either will do, different
options must all hold.

svg and png are laid out by Graphviz and need guiju[draw]; dot, mermaid, graphml and json do not.

Exit status: 0 shown; 2 mistakes in arguments or sources; 3 shown, but something is undecided, so that dead
ends may be missing.""",
)
SHOW_EXAMPLES = (
    """\
guiju chain show 条文/ --actor 区城管局
guiju chain show --kind 移送 --kind 报告
guiju chain show --events --event 报告日 --format mermaid
guiju chain show --instrument 区流动摊贩细则 --format svg -o 链条.svg""",
    """\
guiju chain show rules/ --actor 区城管局
guiju chain show --kind transfer --kind report
guiju chain show --events --event 报告日 --format mermaid
guiju chain show --instrument 区流动摊贩细则 --format svg -o chains.svg""",
)

PATHS = (
    """\
列出从一个事件或者一方起的各条链条，各环节的依据与期限，以及合计。

事件可以写全名（摊贩.报告日），也可以只写不会混淆的一部分（报告日）；没有日期的，以行为为名。期限按单位\
分别相加，不同的单位不折算；没有期限的环节逐一列出。各环节不能在同一情形中全部成立的，不算链条。

结束状态：0 已列出；2 参数或者条文有错；3 已列出，但有的问题未决。""",
    """\
list the chains from an event or an actor on, with the provision and term of each leg and their sum.

An event goes by its full name (摊贩.报告日) or by an unambiguous part (报告日); where no date tells it, by
its act. Terms are added up unit by unit, without conversion; steps without a term are named. What cannot all
be called for in one case is no chain.

Exit status: 0 shown; 2 mistakes in arguments or sources; 3 shown, but something is undecided.""",
)
PATHS_EXAMPLES = (
    """\
guiju chain paths --from 报告日
guiju chain paths --from 报告日 --to 处理日
guiju chain paths 条文/ --from 摊贩""",
    """\
guiju chain paths --from 报告日
guiju chain paths --from 报告日 --to 处理日
guiju chain paths rules/ --from 摊贩""",
)

SCHEDULE = (
    """\
从某一天发生的事件起，排出后面各事件的日期，工作日按国家公布的日历。

最早：各环节当日即办。最迟：各环节都用足期限；没有期限的以不耗时计，写在括号里，不是最后期限。日历尚未公布\
的年份单独标明。

结束状态：0 已列出；2 参数或者条文有错。""",
    """\
date the events that follow from one that comes on a day, by the official working days.

Early: everyone acts at once. Late: everyone takes the whole term; a step without one is counted as taking no
time and stands in brackets, since it is no last day. Years whose calendar is not published yet are marked.

Exit status: 0 shown; 2 mistakes in arguments or sources.""",
)
_SCHEDULE_EXAMPLES = """\
guiju chain schedule --from 报告日 --on 2026-03-02
guiju chain schedule --from 报告日 --on 2026-03-02 --at 北苑区 --format json"""
SCHEDULE_EXAMPLES = (_SCHEDULE_EXAMPLES, _SCHEDULE_EXAMPLES)

CHECK = (
    """\
检查链条：断头、缺的移交、没有期限的环节、循环。

就是 guiju check --family chain：输出和结束状态相同。""",
    """\
check the chains: dead ends, missing hand-overs, steps without a term, circles.

It is guiju check --family chain, with the same output and exit status.""",
)
CHECK_EXAMPLES = (
    """\
guiju chain check
guiju chain check 条文/ --format json -o 链条.json""",
    """\
guiju chain check
guiju chain check rules/ --format json -o chains.json""",
)
