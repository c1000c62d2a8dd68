<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AboutPage</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>An independent desktop app for the beatra API: chat, uploads and a music studio. Your chats, files and songs stay on this computer; keys live in the system&apos;s key store or in memory, nowhere else.</source>
        <translation>面向 beatra API 的独立桌面应用：聊天、上传和音乐工作室。你的对话、文件和歌曲都保存在本机；密钥只存放在系统的密钥库或内存中。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Beatra Desktop is under the MIT licence, Qt {version} and PySide6 under the LGPL 3. FFmpeg, inside the PyAV library, makes packages fall under the GPL as a whole.</source>
        <translation>Beatra Desktop 采用 MIT 许可证，Qt {version} 和 PySide6 采用 LGPL 3。PyAV 库中包含 FFmpeg，因此安装包整体适用 GPL。</translation>
    </message>
    <message>
        <source>All licences…</source>
        <translation>所有许可证…</translation>
    </message>
    <message>
        <source>Work of others</source>
        <translation>第三方作品</translation>
    </message>
    <message>
        <source>The app&apos;s icon</source>
        <translation>应用图标</translation>
    </message>
    <message>
        <source>Version {n}</source>
        <translation>版本 {n}</translation>
    </message>
</context>
<context>
    <name>ActivityColumns</name>
    <message>
        <source>Sort by</source>
        <translation>排序方式</translation>
    </message>
    <message>
        <source>Columns as at first</source>
        <translation>恢复默认列</translation>
    </message>
    <message>
        <source>{column} (no room now)</source>
        <translation>{column}（空间不足）</translation>
    </message>
</context>
<context>
    <name>ActivityFilters</name>
    <message>
        <source>Find in the activity</source>
        <translation>在活动中查找</translation>
    </message>
    <message>
        <source>Name, model, id…</source>
        <translation>名称、模型、ID…</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>所有种类</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>ActivityPage</name>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Charges</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Part of the activity</source>
        <translation>活动分区</translation>
    </message>
</context>
<context>
    <name>ActivityPanel</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Go to it</source>
        <translation>前往查看</translation>
    </message>
    <message>
        <source>Copy ids</source>
        <translation>复制 ID</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copy as cURL</source>
        <translation>复制为 cURL</translation>
    </message>
    <message>
        <source>With prompt</source>
        <translation>包含提示词</translation>
    </message>
    <message>
        <source>Hide the details</source>
        <translation>隐藏详情</translation>
    </message>
    <message numerus="yes">
        <source>%n rows chosen</source>
        <translation>
            <numerusform>已选择 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择任何内容</translation>
    </message>
    <message>
        <source>Choose a row to see its way, its ids and what it cost.</source>
        <translation>选择一行，即可查看它的经过、ID 和费用。</translation>
    </message>
</context>
<context>
    <name>ActivityTable</name>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>ActivityView</name>
    <message>
        <source>Nothing yet</source>
        <translation>还没有内容</translation>
    </message>
    <message>
        <source>Answers, uploads, songs and downloads are listed here, with what they cost.</source>
        <translation>回答、上传、歌曲和下载都会列在这里，并附上费用。</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Nothing like this</source>
        <translation>没有符合的内容</translation>
    </message>
    <message>
        <source>No row fits what is looked for and chosen above.</source>
        <translation>没有符合上方搜索和筛选条件的行。</translation>
    </message>
    <message>
        <source>Go to it</source>
        <translation>前往查看</translation>
    </message>
    <message>
        <source>Copy ids</source>
        <translation>复制 ID</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Copy as cURL</source>
        <translation>复制为 cURL</translation>
    </message>
</context>
<context>
    <name>AddProfile</name>
    <message>
        <source>Add a service</source>
        <translation>添加服务</translation>
    </message>
    <message>
        <source>Name of the service</source>
        <translation>服务名称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>基础网址</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Any service that speaks the OpenAI chat interface, such as Ollama or llama.cpp on this computer. Music and uploads need beatra.</source>
        <translation>任何支持 OpenAI 聊天接口的服务，例如本机上的 Ollama 或 llama.cpp。音乐和上传需要 beatra。</translation>
    </message>
</context>
<context>
    <name>ArchiveDialog</name>
    <message>
        <source>Export all chats</source>
        <translation>导出全部对话</translation>
    </message>
    <message>
        <source>Archive of all chats (*.zip)</source>
        <translation>全部对话的归档 (*.zip)</translation>
    </message>
    <message>
        <source>Beatra chats</source>
        <translation>Beatra 对话</translation>
    </message>
</context>
<context>
    <name>ArchivePage</name>
    <message>
        <source>Archived chats</source>
        <translation>已归档的对话</translation>
    </message>
    <message>
        <source>Nothing archived</source>
        <translation>没有已归档的对话</translation>
    </message>
    <message>
        <source>Chats you archive leave the list and can still be read and found.</source>
        <translation>归档的对话会移出列表，但仍可阅读和搜索。</translation>
    </message>
    <message>
        <source>Unarchive</source>
        <translation>取消归档</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Last changed {when}</source>
        <translation>最后更改：{when}</translation>
    </message>
</context>
<context>
    <name>Attaching</name>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Chat takes only text today, so the picture is not part of the message. See Uploads in the studio for what becomes of it.</source>
        <translation>聊天目前只支持文本，因此图片不会成为消息的一部分。处理情况请看工作室中的“上传”。</translation>
    </message>
    <message>
        <source>{number} files are no text or too long for the message, so they are not part of it. See Uploads in the studio for what becomes of them.</source>
        <translation>{number} 个文件不是文本或长度超出消息限制，因此不会成为消息的一部分。处理情况请看工作室中的“上传”。</translation>
    </message>
    <message>
        <source>“{name}” is longer than the {room} of text that files may add to a message, so it is uploaded instead. See Uploads in the studio for what becomes of it.</source>
        <translation>“{name}”超出了文件可加入消息的文本上限 {room}，因此改为上传。处理情况请看工作室中的“上传”。</translation>
    </message>
    <message>
        <source>Chat takes only text today, so “{name}” is not part of the message. See Uploads in the studio for what becomes of it.</source>
        <translation>聊天目前只支持文本，因此“{name}”不会成为消息的一部分。处理情况请看工作室中的“上传”。</translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Send first</source>
        <translation>优先发送</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>{n} chosen</source>
        <translation>已选择 {n} 项</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Cancel all</source>
        <translation>全部取消</translation>
    </message>
    <message>
        <source>Retry {n} failed</source>
        <translation>重试 {n} 个失败项</translation>
    </message>
    <message>
        <source>Clear {n} done</source>
        <translation>清除 {n} 个已完成项</translation>
    </message>
    <message>
        <source>Nothing on its way</source>
        <translation>没有进行中的上传</translation>
    </message>
    <message>
        <source>{n} on the way</source>
        <translation>{n} 个进行中</translation>
    </message>
    <message>
        <source>{sent} of {size}</source>
        <translation>{sent} / {size}</translation>
    </message>
</context>
<context>
    <name>CandidateChooser</name>
    <message>
        <source>None of these</source>
        <translation>都不是</translation>
    </message>
</context>
<context>
    <name>CapField</name>
    <message>
        <source>Daily limit in credits</source>
        <translation>每日积分上限</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>没有上限</translation>
    </message>
    <message>
        <source>credits</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>Enter a number of credits, such as 500, or nothing for no limit.</source>
        <translation>请输入积分数，例如 500；留空表示没有上限。</translation>
    </message>
</context>
<context>
    <name>ChargesTable</name>
    <message>
        <source>Charges</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>ChargesView</name>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>服务配置</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Sum by</source>
        <translation>汇总依据</translation>
    </message>
    <message>
        <source>Since when</source>
        <translation>起始时间</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last 365 days</source>
        <translation>最近 365 天</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全部时间</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>复制为 CSV</translation>
    </message>
    <message>
        <source>Put the table on the clipboard, for a spreadsheet</source>
        <translation>将表格复制到剪贴板，可粘贴到电子表格</translation>
    </message>
    <message>
        <source>Nothing was charged</source>
        <translation>没有产生费用</translation>
    </message>
    <message>
        <source>What the service says it charged is summed up here.</source>
        <translation>服务报告的费用会汇总在这里。</translation>
    </message>
    <message>
        <source>For {n} requests the service reported no price; they are in no sum.</source>
        <translation>有 {n} 个请求，服务未提供价格，因此未计入任何合计。</translation>
    </message>
    <message>
        <source>For one request the service reported no price; it is in no sum.</source>
        <translation>有一个请求，服务未提供价格，因此未计入任何合计。</translation>
    </message>
    <message>
        <source>Today on {profile}: {spent}</source>
        <translation>今天在“{profile}”上：{spent}</translation>
    </message>
    <message>
        <source>Today on {profile}: {spent} of your daily limit of {cap}</source>
        <translation>今天在“{profile}”上：{spent}，每日上限为 {cap}</translation>
    </message>
</context>
<context>
    <name>ChatHeader</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>instructions and parameters of its own</source>
        <translation>单独的指令和参数</translation>
    </message>
    <message>
        <source>instructions of its own</source>
        <translation>单独的指令</translation>
    </message>
    <message>
        <source>parameters of its own</source>
        <translation>单独的参数</translation>
    </message>
</context>
<context>
    <name>ChatOptions</name>
    <message>
        <source>Chat options</source>
        <translation>对话选项</translation>
    </message>
    <message>
        <source>Instructions (system prompt)</source>
        <translation>指令（系统提示词）</translation>
    </message>
    <message>
        <source>What the model should know or do in all of this chat.</source>
        <translation>模型在整个对话中应了解或遵循的内容。</translation>
    </message>
    <message>
        <source>Leave all to the service</source>
        <translation>全部交由服务决定</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Changes act at once, from the next message on.</source>
        <translation>更改立即生效，从下一条消息开始应用。</translation>
    </message>
    <message>
        <source>It works as before again.</source>
        <translation>已恢复之前的方式。</translation>
    </message>
    <message>
        <source>Instructions and parameters are left to the service again.</source>
        <translation>指令和参数已重新交由服务决定。</translation>
    </message>
    <message>
        <source>Works as “{name}” now.</source>
        <translation>现在按“{name}”工作。</translation>
    </message>
    <message>
        <source>Saved as the preset “{name}”.</source>
        <translation>已保存为预设“{name}”。</translation>
    </message>
</context>
<context>
    <name>ColumnHeader</name>
    <message>
        <source>sorted upwards</source>
        <translation>升序</translation>
    </message>
    <message>
        <source>sorted downwards</source>
        <translation>降序</translation>
    </message>
</context>
<context>
    <name>ComparePanel</name>
    <message>
        <source>Blind</source>
        <translation>盲听</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>对比…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>More like the winner</source>
        <translation>生成更多类似胜出者的歌曲</translation>
    </message>
    <message>
        <source>Generate again</source>
        <translation>再次生成</translation>
    </message>
    <message>
        <source>Press 1 or 2 to hear one of them, X for the other one.</source>
        <translation>按 1 或 2 收听其中一首，按 X 切换到另一首。</translation>
    </message>
    <message>
        <source>There is no second song on this disk to compare with.</source>
        <translation>此磁盘上没有第二首歌可供对比。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>{title} wins</source>
        <translation>{title} 胜出</translation>
    </message>
    <message>
        <source>Measuring how loud both are…</source>
        <translation>正在测量两首歌的响度…</translation>
    </message>
    <message>
        <source>The loudness can&apos;t be measured, so the levels are as they are.</source>
        <translation>无法测量响度，因此音量保持原样。</translation>
    </message>
    <message>
        <source>Both are equally loud.</source>
        <translation>两首歌响度相同。</translation>
    </message>
    <message>
        <source>Both are equally loud as they are.</source>
        <translation>两首歌本来就一样响。</translation>
    </message>
    <message>
        <source>Equally loud: {side} is turned down by {decibels} dB.</source>
        <translation>响度相同：{side} 已调低 {decibels} dB。</translation>
    </message>
    <message>
        <source>Generate again (costs credits)</source>
        <translation>再次生成（消耗积分）</translation>
    </message>
    <message>
        <source>Generate again ({price})</source>
        <translation>再次生成（{price}）</translation>
    </message>
    <message>
        <source>Songs to compare with</source>
        <translation>可供对比的歌曲</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>New message</source>
        <translation>新消息</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>输入消息</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>The edit was canceled. Your changes are still here.</source>
        <translation>已取消编辑，你的更改仍保留在这里。</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
    <message>
        <source>You pasted {number} characters, which are part of the message now.</source>
        <translation>你粘贴了 {number} 个字符，已加入消息。</translation>
    </message>
    <message>
        <source>Insert as text file block</source>
        <translation>作为文本文件块插入</translation>
    </message>
    <message>
        <source>You pasted {number} characters, more than fit into a message, so nothing was inserted. Save them as a file and add that: it is uploaded.</source>
        <translation>你粘贴了 {number} 个字符，超出消息的容量，因此没有插入。请将其存为文件再添加，文件会被上传。</translation>
    </message>
    <message>
        <source>{number} characters</source>
        <translation>{number} 个字符</translation>
    </message>
    <message>
        <source>New version of an earlier message</source>
        <translation>较早消息的新版本</translation>
    </message>
</context>
<context>
    <name>ConversationDelegate</name>
    <message>
        <source>Name of the chat</source>
        <translation>对话名称</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>ConversationModel</name>
    <message>
        <source>Pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>an answer is coming</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>a message is waiting</source>
        <translation>有消息在等待</translation>
    </message>
    <message>
        <source>the last answer is not whole</source>
        <translation>最后一条回答不完整</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>one chat</source>
        <translation>1 个对话</translation>
    </message>
    <message numerus="yes">
        <source>%n chats</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>open</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>Folder {name}</source>
        <translation>文件夹“{name}”</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
</context>
<context>
    <name>ConversionBar</name>
    <message>
        <source>Conversion</source>
        <translation>格式转换</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Converting “{title}” to {format}…</source>
        <translation>正在将“{title}”转换为 {format}…</translation>
    </message>
    <message>
        <source>Converting song {done} of {total}…</source>
        <translation>正在转换第 {done} 首，共 {total} 首…</translation>
    </message>
    <message>
        <source>Converted: {songs}.</source>
        <translation>已转换：{songs}。</translation>
    </message>
    <message>
        <source>Stopped: {songs}, nothing was left behind.</source>
        <translation>已停止：{songs}，没有留下未完成的文件。</translation>
    </message>
    <message>
        <source>Not converted either: {songs}.</source>
        <translation>另有未转换：{songs}。</translation>
    </message>
</context>
<context>
    <name>ConvertDialog</name>
    <message>
        <source>WAV, lossless and large</source>
        <translation>WAV，无损，文件大</translation>
    </message>
    <message>
        <source>FLAC, lossless and smaller</source>
        <translation>FLAC，无损，文件较小</translation>
    </message>
    <message>
        <source>MP3, plays everywhere</source>
        <translation>MP3，到处都能播放</translation>
    </message>
    <message>
        <source>M4A (AAC), for Apple devices</source>
        <translation>M4A（AAC），适合 Apple 设备</translation>
    </message>
    <message>
        <source>Opus, best for its size</source>
        <translation>Opus，同等大小音质最佳</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>The songs stay as they are; no file there is overwritten.</source>
        <translation>歌曲保持原样，不会覆盖那里的任何文件。</translation>
    </message>
    <message>
        <source>Folder for the converted songs</source>
        <translation>转换后歌曲的文件夹</translation>
    </message>
</context>
<context>
    <name>Copier</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
</context>
<context>
    <name>CopiesField</name>
    <message>
        <source>One song fewer</source>
        <translation>减少一首</translation>
    </message>
    <message>
        <source>One song more</source>
        <translation>增加一首</translation>
    </message>
    <message numerus="yes">
        <source>%n songs</source>
        <translation>
            <numerusform>%n 首歌</numerusform>
        </translation>
    </message>
    <message>
        <source>1 song</source>
        <translation>1 首歌</translation>
    </message>
</context>
<context>
    <name>DetailsPanel</name>
    <message>
        <source>Details of the song</source>
        <translation>歌曲详情</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Select a song to see where it comes from.</source>
        <translation>选择一首歌，查看它的来历。</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>使用这些设置</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>定位文件…</translation>
    </message>
    <message>
        <source>{songs} are selected.</source>
        <translation>已选择 {songs}。</translation>
    </message>
    <message>
        <source>Its file is not where it was saved. Download it again, which costs nothing while the service keeps it, or locate the file.</source>
        <translation>文件不在保存的位置。请重新下载（服务保留期间不收费），或定位文件。</translation>
    </message>
    <message>
        <source>Copy {label}</source>
        <translation>复制{label}</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>风格</translation>
    </message>
    <message>
        <source>Lyrics</source>
        <translation>歌词</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>保存时间</translation>
    </message>
    <message>
        <source>Artifact id</source>
        <translation>素材 ID</translation>
    </message>
    <message>
        <source>not reported by the service</source>
        <translation>服务未提供</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>Model asked</source>
        <translation>请求的模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Task id</source>
        <translation>任务 ID</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>请求 ID</translation>
    </message>
</context>
<context>
    <name>DetailsPopover</name>
    <message>
        <source>Technical details</source>
        <translation>技术详情</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Copy {label}</source>
        <translation>复制{label}</translation>
    </message>
</context>
<context>
    <name>DraftsStrip</name>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>One song was written while offline. Send it now?</source>
        <translation>有一首歌是离线时创建的。现在发送吗？</translation>
    </message>
    <message>
        <source>{n} songs were written while offline. Send them now?</source>
        <translation>有 {n} 首歌是离线时创建的。现在发送吗？</translation>
    </message>
    <message>
        <source>One song was written while offline. Send it now for about {cost}?</source>
        <translation>有一首歌是离线时创建的。现在发送吗？预计花费 {cost}。</translation>
    </message>
    <message>
        <source>{n} songs were written while offline. Send them now for about {cost}?</source>
        <translation>有 {n} 首歌是离线时创建的。现在发送吗？预计花费 {cost}。</translation>
    </message>
</context>
<context>
    <name>Drawer</name>
    <message>
        <source>Compare two songs</source>
        <translation>对比两首歌</translation>
    </message>
    <message>
        <source>Lyrics</source>
        <translation>歌词</translation>
    </message>
    <message>
        <source>Play queue</source>
        <translation>播放队列</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Drop files or folders anywhere, or choose</source>
        <translation>将文件或文件夹拖到任意位置，或点击选择</translation>
    </message>
    <message>
        <source>Up to 100&#xa0;MB each. References: MP3, WAV or FLAC.</source>
        <translation>每个最大 100&#xa0;MB。参考音频：MP3、WAV 或 FLAC。</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <source>Use recordings as music references</source>
        <translation>将录音用作音乐参考</translation>
    </message>
    <message>
        <source>No uploads here</source>
        <translation>这里没有上传</translation>
    </message>
    <message>
        <source>The service of this profile takes no files. Chat works as usual.</source>
        <translation>此配置的服务不接收文件。聊天照常可用。</translation>
    </message>
    <message>
        <source>One upload is off the list; the library keeps it.</source>
        <translation>一个上传已移出列表，资料库中仍保留。</translation>
    </message>
    <message>
        <source>{n} uploads are off the list; the library keeps them.</source>
        <translation>{n} 个上传已移出列表，资料库中仍保留。</translation>
    </message>
    <message>
        <source>“{name}” is off the list.</source>
        <translation>“{name}”已移出列表。</translation>
    </message>
</context>
<context>
    <name>EditBar</name>
    <message>
        <source>Editing an earlier message: a new branch begins there, the old one stays.</source>
        <translation>正在编辑较早的消息：将从那里开始一个新分支，旧分支保留。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the edit</source>
        <translation>取消编辑</translation>
    </message>
    <message>
        <source>Cancel the edit (Esc)</source>
        <translation>取消编辑（Esc）</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export chat</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>PDF (*.pdf)</source>
        <translation>PDF (*.pdf)</translation>
    </message>
    <message>
        <source>JSON, to be imported again (*.json)</source>
        <translation>JSON，可再次导入 (*.json)</translation>
    </message>
    <message>
        <source>Markdown with all branches (*.md)</source>
        <translation>包含所有分支的 Markdown (*.md)</translation>
    </message>
    <message>
        <source>Web page with all branches (*.html)</source>
        <translation>包含所有分支的网页 (*.html)</translation>
    </message>
    <message>
        <source>PDF with all branches (*.pdf)</source>
        <translation>包含所有分支的 PDF (*.pdf)</translation>
    </message>
</context>
<context>
    <name>FactGrid</name>
    <message>
        <source>Copy {label}</source>
        <translation>复制{label}</translation>
    </message>
</context>
<context>
    <name>FilePanel</name>
    <message>
        <source>The selected files</source>
        <translation>所选文件</translation>
    </message>
    <message>
        <source>Used in</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考</translation>
    </message>
    <message>
        <source>Upload again</source>
        <translation>重新上传</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy artifact id</source>
        <translation>复制素材 ID</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>从资料库移除</translation>
    </message>
    <message>
        <source>Look whether the file is there, and whether the service still knows it</source>
        <translation>检查文件是否还在，以及服务是否仍保留它</translation>
    </message>
    <message>
        <source>Take it out of the library; the file stays where it is</source>
        <translation>从资料库中移除；文件留在原处</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>{n} 个文件</translation>
    </message>
    <message>
        <source>uploaded {when}</source>
        <translation>上传时间：{when}</translation>
    </message>
    <message>
        <source>you may use it, as you said {when}</source>
        <translation>你于 {when} 确认有权使用</translation>
    </message>
    <message>
        <source>Show the song {title}</source>
        <translation>显示歌曲“{title}”</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>以及另外 {n} 个</translation>
    </message>
</context>
<context>
    <name>FileTable</name>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
</context>
<context>
    <name>FilesView</name>
    <message>
        <source>No uploads yet</source>
        <translation>还没有上传</translation>
    </message>
    <message>
        <source>Every file that was uploaded is listed here, with what it became. Drop some anywhere on the window.</source>
        <translation>上传过的每个文件及其结果都会列在这里。可将文件拖到窗口任意位置。</translation>
    </message>
    <message>
        <source>Show all files</source>
        <translation>显示所有文件</translation>
    </message>
    <message>
        <source>No such file</source>
        <translation>没有这样的文件</translation>
    </message>
    <message>
        <source>Nothing in the library fits what is searched and filtered.</source>
        <translation>资料库中没有符合搜索和筛选条件的内容。</translation>
    </message>
    <message>
        <source>Removed profile</source>
        <translation>已移除的服务配置</translation>
    </message>
    <message>
        <source>“{name}” is out of the library. The file itself stays where it is.</source>
        <translation>“{name}”已从资料库移除，文件本身留在原处。</translation>
    </message>
    <message>
        <source>{n} files are out of the library. They stay where they are.</source>
        <translation>{n} 个文件已从资料库移除，文件本身留在原处。</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>服务端缺失</translation>
    </message>
    <message>
        <source>Unused</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>Search the files</source>
        <translation>搜索文件</translation>
    </message>
    <message>
        <source>Name, song, id or hash</source>
        <translation>名称、歌曲、ID 或哈希</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>服务配置</translation>
    </message>
    <message>
        <source>Which files to show</source>
        <translation>显示哪些文件</translation>
    </message>
    <message>
        <source>Check all files</source>
        <translation>检查所有文件</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>All profiles</source>
        <translation>所有服务配置</translation>
    </message>
    <message>
        <source>All purposes</source>
        <translation>所有用途</translation>
    </message>
    <message>
        <source>Search titles, prompts and lyrics</source>
        <translation>搜索标题、提示词和歌词</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Show as cards</source>
        <translation>以卡片显示</translation>
    </message>
    <message>
        <source>Show as rows</source>
        <translation>以列表显示</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>At least {n}</source>
        <translation>至少 {n}</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message numerus="yes">
        <source>%n filters</source>
        <translation>
            <numerusform>%n 个筛选条件</numerusform>
        </translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in chat</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一处匹配</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一处匹配</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>{number} / {total}</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>没有匹配</translation>
    </message>
</context>
<context>
    <name>FolderDialog</name>
    <message>
        <source>Name of the folder</source>
        <translation>文件夹名称</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>There is a folder of this name. The chats will be together in it.</source>
        <translation>已有同名文件夹，对话将合并到其中。</translation>
    </message>
    <message>
        <source>A folder needs a name. Type one, or cancel.</source>
        <translation>文件夹需要名称。请输入名称，或取消。</translation>
    </message>
</context>
<context>
    <name>Folders</name>
    <message>
        <source>Move to folder</source>
        <translation>移到文件夹</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>新建文件夹…</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>不放入文件夹</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Move all out</source>
        <translation>全部移出</translation>
    </message>
    <message>
        <source>Rename folder</source>
        <translation>重命名文件夹</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
</context>
<context>
    <name>FormFields</name>
    <message>
        <source>Genre, mood, instruments, tempo, voice…</source>
        <translation>曲风、情绪、乐器、速度、人声…</translation>
    </message>
    <message>
        <source>Describe the song</source>
        <translation>描述这首歌</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Optional</source>
        <translation>选填</translation>
    </message>
    <message>
        <source>Auto takes no options of its own. Pick a model to choose them.</source>
        <translation>“自动”没有自己的选项。选择一个模型即可设置。</translation>
    </message>
    <message>
        <source>Lyrics</source>
        <translation>歌词</translation>
    </message>
    <message>
        <source>Reference recording</source>
        <translation>参考录音</translation>
    </message>
    <message>
        <source>Model and options</source>
        <translation>模型和选项</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>FormFoot</name>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Make this song (Ctrl+Enter)</source>
        <translation>生成这首歌（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>Don&apos;t wait</source>
        <translation>不再等待</translation>
    </message>
</context>
<context>
    <name>FormHead</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>New song</source>
        <translation>新建歌曲</translation>
    </message>
    <message>
        <source>“{name}” was applied.</source>
        <translation>已应用“{name}”。</translation>
    </message>
</context>
<context>
    <name>GeneralPage</name>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>歌曲</translation>
    </message>
    <message>
        <source>The app’s own folder</source>
        <translation>应用自己的文件夹</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送方式</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Ctrl+Enter always sends, Shift+Enter starts a new line.</source>
        <translation>Ctrl+Enter 始终为发送，Shift+Enter 为换行。</translation>
    </message>
    <message>
        <source>Send a message with</source>
        <translation>发送消息的按键</translation>
    </message>
    <message>
        <source>When a chosen model is gone, let beatra choose another</source>
        <translation>所选模型不可用时，由 beatra 选择其他模型</translation>
    </message>
    <message>
        <source>The answer says which model gave it. Otherwise you are asked each time.</source>
        <translation>回答会注明由哪个模型给出。否则每次都会询问你。</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>New songs are saved here. Songs that are already saved stay put.</source>
        <translation>新歌曲保存在这里。已保存的歌曲留在原处。</translation>
    </message>
    <message>
        <source>Folder for songs</source>
        <translation>歌曲文件夹</translation>
    </message>
    <message>
        <source>Use the default</source>
        <translation>使用默认</translation>
    </message>
    <message>
        <source>Uploads at a time</source>
        <translation>同时上传数</translation>
    </message>
    <message>
        <source>More at a time helps with many small files.</source>
        <translation>有许多小文件时，调高会更快。</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Once, no retries</source>
        <translation>一次，不重试</translation>
    </message>
    <message numerus="yes">
        <source>Up to %n times</source>
        <translation>
            <numerusform>最多 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>Only what can succeed later is tried again, always as the same request: nothing is charged twice.</source>
        <translation>只会重试之后可能成功的请求，并且始终是同一请求：不会重复扣费。</translation>
    </message>
    <message>
        <source>Try a request</source>
        <translation>尝试请求</translation>
    </message>
    <message>
        <source>Charges</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Before a song would take the day over this, you are asked. It counts what the service charged, and the listed price of what is on its way.</source>
        <translation>如果一首歌会使当天超出上限，会先询问你。已扣的费用和进行中歌曲的标价都计算在内。</translation>
    </message>
    <message>
        <source>Daily limit</source>
        <translation>每日上限</translation>
    </message>
</context>
<context>
    <name>HeardText</name>
    <message numerus="yes">
        <source>Code, %n lines.</source>
        <translation>
            <numerusform>代码，%n 行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Table, %n rows.</source>
        <translation>
            <numerusform>表格，%n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>Formula.</source>
        <translation>公式。</translation>
    </message>
    <message>
        <source>Answer complete.</source>
        <translation>回答已完成。</translation>
    </message>
    <message>
        <source>Answer incomplete.</source>
        <translation>回答不完整。</translation>
    </message>
</context>
<context>
    <name>HelpWindow</name>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Search the help</source>
        <translation>搜索帮助</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Help page</source>
        <translation>帮助页面</translation>
    </message>
    <message>
        <source>No page holds all these words.</source>
        <translation>没有包含所有这些词的页面。</translation>
    </message>
</context>
<context>
    <name>HintBar</name>
    <message>
        <source>Close the hint</source>
        <translation>关闭提示</translation>
    </message>
</context>
<context>
    <name>HitModel</name>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Song</source>
        <translation>歌曲</translation>
    </message>
    <message>
        <source>{kind}, archived</source>
        <translation>{kind}，已归档</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import chats</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Exports of Beatra Desktop and ChatGPT (*.zip *.json)</source>
        <translation>Beatra Desktop 和 ChatGPT 的导出文件 (*.zip *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
</context>
<context>
    <name>KeptText</name>
    <message>
        <source>{n} characters</source>
        <translation>{n} 个字符</translation>
    </message>
</context>
<context>
    <name>KeyEntry</name>
    <message>
        <source>API key for {profile}</source>
        <translation>{profile} 的 API 密钥</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>Only until I quit</source>
        <translation>仅保留到我退出</translation>
    </message>
    <message>
        <source>Save key</source>
        <translation>保存密钥</translation>
    </message>
    <message>
        <source>Forget key</source>
        <translation>忘记密钥</translation>
    </message>
    <message>
        <source>Paste the key</source>
        <translation>粘贴密钥</translation>
    </message>
</context>
<context>
    <name>KeyStoreCard</name>
    <message>
        <source>Not tested yet.</source>
        <translation>尚未测试。</translation>
    </message>
    <message>
        <source>Works: keys are kept here and in no file.</source>
        <translation>可用：密钥只保存在这里，不写入任何文件。</translation>
    </message>
    <message>
        <source>Until then, new keys work until you quit.</source>
        <translation>在此之前，新密钥在你退出之前有效。</translation>
    </message>
    <message>
        <source>Key store</source>
        <translation>密钥库</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Memory, until you quit</source>
        <translation>内存，直到你退出</translation>
    </message>
</context>
<context>
    <name>KeysField</name>
    <message>
        <source>No keys</source>
        <translation>无快捷键</translation>
    </message>
    <message>
        <source>Press keys…</source>
        <translation>请按键…</translation>
    </message>
</context>
<context>
    <name>LabelsPage</name>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Ask and read the answer as it is written.</source>
        <translation>提问，并在书写的同时阅读回答。</translation>
    </message>
    <message>
        <source>Connection check</source>
        <translation>连接检查</translation>
    </message>
    <message>
        <source>Whether the service answers, before it costs.</source>
        <translation>在产生费用之前，确认服务有响应。</translation>
    </message>
    <message>
        <source>Model list</source>
        <translation>模型列表</translation>
    </message>
    <message>
        <source>Models, what they can do and what they cost.</source>
        <translation>有哪些模型、能做什么以及价格。</translation>
    </message>
    <message>
        <source>Music from words</source>
        <translation>文字生成音乐</translation>
    </message>
    <message>
        <source>Songs from a description, with or without lyrics.</source>
        <translation>根据描述创作歌曲，可有歌词，也可没有。</translation>
    </message>
    <message>
        <source>Music from a recording</source>
        <translation>录音生成音乐</translation>
    </message>
    <message>
        <source>Songs that follow a recording you uploaded.</source>
        <translation>根据你上传的录音创作歌曲。</translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Files up to 100&#xa0;MB, each sent in one go.</source>
        <translation>最大 100&#xa0;MB 的文件，一次性发送。</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Following, listing and canceling long work.</source>
        <translation>跟踪、列出和取消耗时的任务。</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Pictures from words.</source>
        <translation>文字生成图片。</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Clips from words or pictures.</source>
        <translation>文字或图片生成视频。</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>语音</translation>
    </message>
    <message>
        <source>Text read aloud.</source>
        <translation>朗读文本。</translation>
    </message>
    <message>
        <source>Transcription</source>
        <translation>转写</translation>
    </message>
    <message>
        <source>Recordings written down.</source>
        <translation>将录音转为文字。</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>音色</translation>
    </message>
    <message>
        <source>Voices to choose from for speech.</source>
        <translation>可供语音选择的音色。</translation>
    </message>
    <message>
        <source>Resumable uploads</source>
        <translation>断点续传</translation>
    </message>
    <message>
        <source>Going on where a broken upload stopped.</source>
        <translation>从中断处继续上传。</translation>
    </message>
    <message>
        <source>Callbacks</source>
        <translation>回调</translation>
    </message>
    <message>
        <source>The service calling you when work is done.</source>
        <translation>任务完成时由服务通知你。</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Part of the public contract: you can rely on it.</source>
        <translation>属于公开协议的一部分，可以放心依赖。</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Works today, and may still change.</source>
        <translation>现在可用，但仍可能变化。</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划中</translation>
    </message>
    <message>
        <source>Announced, not there yet: the app never calls it.</source>
        <translation>已公布但尚未提供：应用不会调用它。</translation>
    </message>
    <message>
        <source>Not offered</source>
        <translation>不提供</translation>
    </message>
    <message>
        <source>The service of this profile does not have it.</source>
        <translation>此配置的服务没有这项功能。</translation>
    </message>
    <message>
        <source>What works today</source>
        <translation>现已支持的功能</translation>
    </message>
    <message>
        <source>As “{profile}” offers it. Labels may differ on another profile.</source>
        <translation>以“{profile}”提供的为准，其他服务配置可能不同。</translation>
    </message>
</context>
<context>
    <name>LibraryPage</name>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>歌曲</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Part of the library</source>
        <translation>资料库分区</translation>
    </message>
</context>
<context>
    <name>LicencesWindow</name>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Parts of the app</source>
        <translation>应用的组成部分</translation>
    </message>
    <message>
        <source>Licence text</source>
        <translation>许可证全文</translation>
    </message>
    <message>
        <source>{licence}. The text of the licence is at {home}.</source>
        <translation>{licence}。许可证全文见 {home}。</translation>
    </message>
</context>
<context>
    <name>LookSettings</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>“System” follows the colours of your desktop.</source>
        <translation>“系统”会跟随桌面的颜色。</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>对比度</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>“High” has strong letters, and lines around all that can be used.</source>
        <translation>“高”会使文字更醒目，并为所有可操作的控件加上边框。</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动态效果</translation>
    </message>
    <message>
        <source>Reduced</source>
        <translation>减弱</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>With “Reduced” nothing slides, sweeps or blinks.</source>
        <translation>选择“减弱”后，界面不再滑动、扫动或闪烁。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>System ({language})</source>
        <translation>系统（{language}）</translation>
    </message>
    <message>
        <source>Of the window, and of the dates and numbers in it.</source>
        <translation>窗口以及其中日期和数字所用的语言。</translation>
    </message>
    <message>
        <source>Hear answers while they are written</source>
        <translation>边生成边朗读回答</translation>
    </message>
    <message>
        <source>A screen reader speaks them sentence by sentence.</source>
        <translation>由屏幕阅读器逐句朗读。</translation>
    </message>
</context>
<context>
    <name>LyricsField</name>
    <message>
        <source>Intro</source>
        <translation>前奏</translation>
    </message>
    <message>
        <source>Verse</source>
        <translation>主歌</translation>
    </message>
    <message>
        <source>Pre-Chorus</source>
        <translation>预副歌</translation>
    </message>
    <message>
        <source>Chorus</source>
        <translation>副歌</translation>
    </message>
    <message>
        <source>Bridge</source>
        <translation>桥段</translation>
    </message>
    <message>
        <source>Break</source>
        <translation>间奏</translation>
    </message>
    <message>
        <source>Solo</source>
        <translation>独奏</translation>
    </message>
    <message>
        <source>Outro</source>
        <translation>尾奏</translation>
    </message>
    <message>
        <source>Instrumental</source>
        <translation>纯音乐</translation>
    </message>
    <message>
        <source>Your own words, or nothing to have them written</source>
        <translation>写下你的歌词；留空则由模型来写</translation>
    </message>
    <message>
        <source>Lyrics</source>
        <translation>歌词</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>歌词</translation>
    </message>
    <message>
        <source>Your lyrics stay here; an instrumental is made without them.</source>
        <translation>你的歌词会保留在这里；纯音乐生成时不使用。</translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>none of your own</source>
        <translation>没有自己的歌词</translation>
    </message>
    <message>
        <source>Insert {tag}</source>
        <translation>插入{tag}</translation>
    </message>
</context>
<context>
    <name>LyricsPanel</name>
    <message>
        <source>Lyrics</source>
        <translation>歌词</translation>
    </message>
    <message>
        <source>The words would tell the songs apart; they come back with the names.</source>
        <translation>歌词会透露是哪首歌；它会和名称一起恢复显示。</translation>
    </message>
    <message>
        <source>This song has no lyrics, or the service did not tell them.</source>
        <translation>这首歌没有歌词，或服务没有提供。</translation>
    </message>
    <message>
        <source>Times are estimated from how much there is to sing in each part.</source>
        <translation>时间根据各部分歌词的多少估算。</translation>
    </message>
</context>
<context>
    <name>MainButton</name>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Send message</source>
        <translation>发送消息</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>排队</translation>
    </message>
    <message>
        <source>Send after this answer</source>
        <translation>在这条回答之后发送</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Send as new version</source>
        <translation>作为新版本发送</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
</context>
<context>
    <name>MendingProgress</name>
    <message>
        <source>Beatra Desktop</source>
        <translation>Beatra Desktop</translation>
    </message>
    <message>
        <source>Mending the app&apos;s data…</source>
        <translation>正在修复应用数据…</translation>
    </message>
</context>
<context>
    <name>MinimaxPanel</name>
    <message>
        <source>Let the model write the lyrics</source>
        <translation>让模型写歌词</translation>
    </message>
    <message>
        <source>It writes them, or polishes the ones you give.</source>
        <translation>由模型作词，或润色你给出的歌词。</translation>
    </message>
    <message>
        <source>writes lyrics</source>
        <translation>由模型作词</translation>
    </message>
</context>
<context>
    <name>ModelField</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划中</translation>
    </message>
    <message>
        <source>The service picks a model; the price is that model&apos;s.</source>
        <translation>由服务选择模型，价格以该模型为准。</translation>
    </message>
    <message>
        <source>The catalogue does not list this model. You can still ask for it.</source>
        <translation>目录中没有列出此模型，但仍可请求使用。</translation>
    </message>
    <message>
        <source>one clip</source>
        <translation>1 首曲目</translation>
    </message>
    <message numerus="yes">
        <source>%n clips</source>
        <translation>
            <numerusform>%n 首曲目</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Model: {name}</source>
        <translation>模型：{name}</translation>
    </message>
    <message>
        <source>The model that answers</source>
        <translation>回答所用的模型</translation>
    </message>
</context>
<context>
    <name>ModelPopover</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Filter the models</source>
        <translation>筛选模型</translation>
    </message>
    <message>
        <source>Filter, or type a model&apos;s id</source>
        <translation>筛选，或输入模型 ID</translation>
    </message>
    <message>
        <source>Other model…</source>
        <translation>其他模型…</translation>
    </message>
    <message>
        <source>The service has not told its models yet.</source>
        <translation>服务尚未提供模型列表。</translation>
    </message>
    <message>
        <source>Reading the list…</source>
        <translation>正在读取列表…</translation>
    </message>
    <message>
        <source>The list can&apos;t be read just now; this is the last one.</source>
        <translation>目前无法读取列表，这是上次的结果。</translation>
    </message>
    <message>
        <source>{n} models</source>
        <translation>{n} 个模型</translation>
    </message>
</context>
<context>
    <name>Mpris</name>
    <message>
        <source>Comparing blind</source>
        <translation>盲听对比中</translation>
    </message>
    <message>
        <source>Made with beatra</source>
        <translation>由 beatra 制作</translation>
    </message>
</context>
<context>
    <name>MusicForm</name>
    <message>
        <source>Bring it back</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Forget the earlier draft</source>
        <translation>忘记之前的草稿</translation>
    </message>
    <message>
        <source>New song</source>
        <translation>新建歌曲</translation>
    </message>
    <message>
        <source>Answer the question about the recording; the song is then made by itself.</source>
        <translation>请回答关于录音的问题，之后会自动生成这首歌。</translation>
    </message>
    <message>
        <source>Waits for the recording; the song is then made by itself.</source>
        <translation>正在等待录音，之后会自动生成这首歌。</translation>
    </message>
    <message>
        <source>Your earlier draft was set aside.</source>
        <translation>之前的草稿已放在一旁。</translation>
    </message>
</context>
<context>
    <name>NameDialog</name>
    <message>
        <source>Name of the playlist</source>
        <translation>播放列表名称</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>NoSongs</name>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No song here fits all of that.</source>
        <translation>这里没有符合全部条件的歌曲。</translation>
    </message>
    <message>
        <source>Songs you delete lie here for 30 days and can be brought back.</source>
        <translation>删除的歌曲会在这里保留 30 天，可以恢复。</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>回收站是空的</translation>
    </message>
    <message>
        <source>Every song that was saved on this computer is listed here.</source>
        <translation>保存在本机上的每首歌都会列在这里。</translation>
    </message>
    <message>
        <source>No songs yet</source>
        <translation>还没有歌曲</translation>
    </message>
    <message>
        <source>Drag songs onto its name above, or add them by their menu.</source>
        <translation>将歌曲拖到上方的名称上，或通过菜单添加。</translation>
    </message>
    <message>
        <source>An empty playlist</source>
        <translation>播放列表是空的</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另有 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticeRow</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>NotificationsPage</name>
    <message>
        <source>Songs</source>
        <translation>歌曲</translation>
    </message>
    <message>
        <source>Saved, or failed.</source>
        <translation>已保存或失败时。</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Complete, or broken off.</source>
        <translation>已完成或中断时。</translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Failed ones only.</source>
        <translation>仅失败时。</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>When something would pass your daily limit.</source>
        <translation>将要超出每日上限时。</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Only while the window is in the background. They go by themselves when you come back, or when they are true no more.</source>
        <translation>仅在窗口处于后台时显示。你回来之后，或情况变化之后，通知会自动消失。</translation>
    </message>
    <message>
        <source>Tell me of</source>
        <translation>通知事项</translation>
    </message>
    <message>
        <source>Beside the window</source>
        <translation>窗口之外</translation>
    </message>
    <message>
        <source>A count of new results on the app’s icon, where the desktop shows one.</source>
        <translation>在应用图标上显示新结果的数量（取决于桌面是否支持）。</translation>
    </message>
    <message>
        <source>Count on the icon</source>
        <translation>图标计数</translation>
    </message>
    <message>
        <source>How things stand, and a short menu. Closing the window still quits.</source>
        <translation>显示当前状态和简短菜单。关闭窗口仍会退出。</translation>
    </message>
    <message>
        <source>This desktop has no tray at the moment; one that comes is used.</source>
        <translation>此桌面目前没有托盘；出现后会自动使用。</translation>
    </message>
    <message>
        <source>Icon in the tray</source>
        <translation>托盘图标</translation>
    </message>
</context>
<context>
    <name>OfflineStrip</name>
    <message>
        <source>Offline. All is kept and goes on by itself; new songs ask first.</source>
        <translation>离线。全部内容已保留，恢复后自动继续；新歌曲会先询问你。</translation>
    </message>
</context>
<context>
    <name>OptionsButton</name>
    <message>
        <source>Chat options: {words}</source>
        <translation>对话选项：{words}</translation>
    </message>
    <message>
        <source>Chat options</source>
        <translation>对话选项</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Back to the chat</source>
        <translation>返回对话</translation>
    </message>
</context>
<context>
    <name>PageHeader</name>
    <message>
        <source>Hide the sidebar</source>
        <translation>隐藏侧边栏</translation>
    </message>
    <message>
        <source>Hide the studio</source>
        <translation>隐藏工作室</translation>
    </message>
    <message>
        <source>Show the sidebar</source>
        <translation>显示侧边栏</translation>
    </message>
    <message>
        <source>Show the studio</source>
        <translation>显示工作室</translation>
    </message>
</context>
<context>
    <name>ParameterFields</name>
    <message>
        <source>Temperature, 0 to 2</source>
        <translation>温度，0 至 2</translation>
    </message>
    <message>
        <source>Top-p, 0 to 1</source>
        <translation>Top-p，0 至 1</translation>
    </message>
    <message>
        <source>Longest answer, in tokens</source>
        <translation>回答的最大长度（token）</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Stop sequences</source>
        <translation>停止序列</translation>
    </message>
    <message>
        <source>None. One per line, up to four; \n stands for a line break.</source>
        <translation>无。每行一个，最多四个；\n 表示换行。</translation>
    </message>
    <message>
        <source>Left to the service</source>
        <translation>交由服务决定</translation>
    </message>
    <message>
        <source>Only one of the two goes with a request.</source>
        <translation>两者只能随请求发送一个。</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>top-p</source>
        <translation>top-p</translation>
    </message>
    <message>
        <source>{rule} So {name} {value} was taken out.</source>
        <translation>{rule}因此已去掉{name} {value}。</translation>
    </message>
</context>
<context>
    <name>PauseButton</name>
    <message>
        <source>Resume all</source>
        <translation>全部继续</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>全部暂停</translation>
    </message>
    <message>
        <source>Nothing new leaves this computer until you resume; what runs goes on.</source>
        <translation>在你继续之前，不会再发出新请求；正在进行的不受影响。</translation>
    </message>
</context>
<context>
    <name>PausedStrip</name>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Everything new is paused.</source>
        <translation>所有新请求均已暂停。</translation>
    </message>
</context>
<context>
    <name>PlayerBar</name>
    <message>
        <source>No sound device was found: the clip plays on, but nothing is heard. One that is connected is used at once.</source>
        <translation>没有找到声音设备：曲目会继续播放，但听不到声音。连接设备后会立即使用。</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Previous clip</source>
        <translation>上一曲</translation>
    </message>
    <message>
        <source>Next clip</source>
        <translation>下一曲</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Open in another app</source>
        <translation>用其他应用打开</translation>
    </message>
    <message>
        <source>Close the player</source>
        <translation>关闭播放器</translation>
    </message>
    <message>
        <source>Player</source>
        <translation>播放器</translation>
    </message>
    <message>
        <source>This clip is being downloaded and can be played once it is saved.</source>
        <translation>此曲目正在下载，保存后即可播放。</translation>
    </message>
    <message>
        <source>The file is gone from this disk. Downloading it again is free.</source>
        <translation>文件已不在此磁盘上。重新下载是免费的。</translation>
    </message>
    <message>
        <source>Comparing blind</source>
        <translation>盲听对比中</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Repeat a part from here</source>
        <translation>从这里开始循环</translation>
    </message>
    <message>
        <source>Stop repeating the part</source>
        <translation>停止循环</translation>
    </message>
    <message>
        <source>Repeat up to here</source>
        <translation>循环到这里</translation>
    </message>
    <message>
        <source>This clip can&apos;t be played here. Another app may do it.</source>
        <translation>此处无法播放该曲目。其他应用或许可以。</translation>
    </message>
</context>
<context>
    <name>PreflightCard</name>
    <message>
        <source>Looking at the files</source>
        <translation>正在查看文件</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>复制列表</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>PresetBar</name>
    <message>
        <source>Apply preset</source>
        <translation>应用预设</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>保存为预设…</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>预设名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Don&apos;t save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>New chat with preset</source>
        <translation>用预设新建对话</translation>
    </message>
    <message>
        <source>Manage presets…</source>
        <translation>管理预设…</translation>
    </message>
    <message>
        <source>There is a preset of this name. This one will be called “{name}”.</source>
        <translation>已有同名预设，这一个将命名为“{name}”。</translation>
    </message>
</context>
<context>
    <name>PresetCard</name>
    <message>
        <source>Without instructions</source>
        <translation>没有指令</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>编辑“{name}”</translation>
    </message>
    <message>
        <source>Duplicate {name}</source>
        <translation>复制“{name}”为新预设</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>删除“{name}”</translation>
    </message>
</context>
<context>
    <name>PresetChips</name>
    <message>
        <source>Or begin with a way of working</source>
        <translation>或者从一种工作方式开始</translation>
    </message>
</context>
<context>
    <name>PresetEditor</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Instructions (system prompt)</source>
        <translation>指令（系统提示词）</translation>
    </message>
    <message>
        <source>What the model should know or do in all of the chat.</source>
        <translation>模型在整个对话中应了解或遵循的内容。</translation>
    </message>
    <message>
        <source>Leave the model as it is</source>
        <translation>不更改模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>PresetPanel</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>No presets yet.</source>
        <translation>还没有预设。</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>预设名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>“{name}”已删除。</translation>
    </message>
    <message>
        <source>“{name}” has another name now.</source>
        <translation>“{name}”已改名。</translation>
    </message>
    <message>
        <source>There is a preset called “{name}” already. Choose another name.</source>
        <translation>已有名为“{name}”的预设。请换一个名称。</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Keeps description, model and options; not title, lyrics or recording.</source>
        <translation>保存描述、模型和选项；不含标题、歌词和录音。</translation>
    </message>
    <message>
        <source>“{name}” was replaced.</source>
        <translation>“{name}”已替换。</translation>
    </message>
</context>
<context>
    <name>PresetRow</name>
    <message>
        <source>Apply {name}</source>
        <translation>应用“{name}”</translation>
    </message>
    <message>
        <source>New name of {name}</source>
        <translation>“{name}”的新名称</translation>
    </message>
    <message>
        <source>Rename {name}</source>
        <translation>重命名“{name}”</translation>
    </message>
    <message>
        <source>Delete {name}</source>
        <translation>删除“{name}”</translation>
    </message>
</context>
<context>
    <name>PresetsPage</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>New preset</source>
        <translation>新建预设</translation>
    </message>
    <message>
        <source>Ways of working, to begin chats with</source>
        <translation>工作方式，用来开始对话</translation>
    </message>
    <message>
        <source>A preset sets the instructions, the parameters and, if you like, the model.</source>
        <translation>预设会设定指令、参数，还可以设定模型。</translation>
    </message>
    <message>
        <source>There are no presets. Save how a chat works as one, or make one here.</source>
        <translation>还没有预设。可将某个对话的工作方式保存为预设，或在这里新建。</translation>
    </message>
    <message>
        <source>“{name}” is deleted. Chats that use it stay as they are.</source>
        <translation>“{name}”已删除。使用它的对话保持不变。</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>What leaves this computer</source>
        <translation>哪些内容会离开本机</translation>
    </message>
    <message>
        <source>What you write and upload goes to the service you chose, and nowhere else.</source>
        <translation>你写的和上传的内容只会发送到你选择的服务。</translation>
    </message>
    <message>
        <source>There are no statistics, no crash reports and no advertising.</source>
        <translation>没有统计、崩溃报告和广告。</translation>
    </message>
    <message>
        <source>Keys go only to the address they are for, and into no log, report or export.</source>
        <translation>密钥只发送到其对应的地址，不会写入任何日志、报告或导出文件。</translation>
    </message>
    <message>
        <source>New versions</source>
        <translation>新版本</translation>
    </message>
    <message>
        <source>Look for a new version once a day</source>
        <translation>每天检查一次新版本</translation>
    </message>
    <message>
        <source>One request for the file below, at most once a day. It says “beatra-desktop” and nothing else: no version, no key, no id, no cookie. As always, the server sees your network address. Nothing is downloaded or installed.</source>
        <translation>每天最多请求一次下面的文件。请求中只有“beatra-desktop”，没有版本、密钥、ID 或 Cookie。与任何请求一样，服务器会看到你的网络地址。不会下载或安装任何内容。</translation>
    </message>
    <message>
        <source>Address of the file</source>
        <translation>文件地址</translation>
    </message>
    <message>
        <source>A JSON file such as {&quot;version&quot;: &quot;1.2.0&quot;, &quot;url&quot;: &quot;https://…&quot;}.</source>
        <translation>一个 JSON 文件，例如 {&quot;version&quot;: &quot;1.2.0&quot;, &quot;url&quot;: &quot;https://…&quot;}。</translation>
    </message>
    <message>
        <source>Show release notes</source>
        <translation>显示版本说明</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Enter the address of the file, else nothing is looked for.</source>
        <translation>请输入文件地址，否则不会检查。</translation>
    </message>
    <message>
        <source>The address must start with https://, or http:// on this computer.</source>
        <translation>地址必须以 https:// 开头，本机可用 http://。</translation>
    </message>
    <message>
        <source>Take the name and password out of the address.</source>
        <translation>请去掉地址中的用户名和密码。</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Version {version} is there.</source>
        <translation>版本 {version} 已发布。</translation>
    </message>
    <message>
        <source>Looked {when}; there is nothing newer.</source>
        <translation>检查时间：{when}；没有更新的版本。</translation>
    </message>
</context>
<context>
    <name>ProfileCard</name>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use this profile</source>
        <translation>使用此服务配置</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>{state} · key {hint}</source>
        <translation>{state} · 密钥 {hint}</translation>
    </message>
    <message>
        <source>A complete practice service on this computer. Nothing costs anything.</source>
        <translation>运行在本机上的完整练习服务，完全免费。</translation>
    </message>
</context>
<context>
    <name>ProfileSwitch</name>
    <message>
        <source>Sandbox</source>
        <translation>沙盒</translation>
    </message>
    <message>
        <source>Profiles and keys…</source>
        <translation>服务配置和密钥…</translation>
    </message>
    <message>
        <source>{state} · all is free</source>
        <translation>{state} · 全部免费</translation>
    </message>
    <message>
        <source>Profile {name}, {state}. Opens the list of profiles.</source>
        <translation>服务配置 {name}，{state}。打开服务配置列表。</translation>
    </message>
</context>
<context>
    <name>ProfilesPage</name>
    <message>
        <source>Profiles and keys</source>
        <translation>服务配置和密钥</translation>
    </message>
    <message>
        <source>Where requests go</source>
        <translation>请求发往哪里</translation>
    </message>
    <message>
        <source>Add a service</source>
        <translation>添加服务</translation>
    </message>
    <message>
        <source>Where keys are kept</source>
        <translation>密钥保存在哪里</translation>
    </message>
</context>
<context>
    <name>ProgressRow</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Ending…</source>
        <translation>正在结束…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Saving “{name}”…</source>
        <translation>正在保存“{name}”…</translation>
    </message>
    <message>
        <source>Importing “{name}”…</source>
        <translation>正在导入“{name}”…</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>The chosen song</source>
        <translation>所选歌曲</translation>
    </message>
    <message>
        <source>No songs here</source>
        <translation>这里没有歌曲</translation>
    </message>
    <message>
        <source>Songs you ask for are listed here with all they made.</source>
        <translation>你请求的歌曲和生成的曲目都会列在这里。</translation>
    </message>
    <message>
        <source>Show all songs</source>
        <translation>显示所有歌曲</translation>
    </message>
    <message>
        <source>No song fits</source>
        <translation>没有符合的歌曲</translation>
    </message>
    <message>
        <source>There are songs, but none with these words and in this state.</source>
        <translation>没有同时包含这些文字并处于此状态的歌曲。</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>“{name}” was removed.</source>
        <translation>“{name}”已移除。</translation>
    </message>
    <message numerus="yes">
        <source>%n songs were removed.</source>
        <translation>
            <numerusform>已移除 %n 首歌。</numerusform>
        </translation>
    </message>
    <message>
        <source>Export the list of songs</source>
        <translation>导出歌曲列表</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
</context>
<context>
    <name>QueueBar</name>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Send the waiting message now</source>
        <translation>立即发送等待中的消息</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit the waiting message</source>
        <translation>编辑等待中的消息</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Remove the waiting message</source>
        <translation>移除等待中的消息</translation>
    </message>
    <message>
        <source>Next:</source>
        <translation>下一条：</translation>
    </message>
    <message>
        <source>Waits for you:</source>
        <translation>等你处理：</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最旧在前</translation>
    </message>
    <message>
        <source>By title</source>
        <translation>按标题</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>按状态</translation>
    </message>
    <message>
        <source>Longest running first</source>
        <translation>运行最久在前</translation>
    </message>
    <message>
        <source>Which songs to show</source>
        <translation>显示哪些歌曲</translation>
    </message>
    <message>
        <source>Find songs</source>
        <translation>查找歌曲</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Order: {name}</source>
        <translation>排序：{name}</translation>
    </message>
    <message>
        <source>Download all that is not saved</source>
        <translation>下载所有未保存的</translation>
    </message>
    <message>
        <source>Open as table</source>
        <translation>以表格打开</translation>
    </message>
    <message>
        <source>Export the list…</source>
        <translation>导出列表…</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Play queue</source>
        <translation>播放队列</translation>
    </message>
    <message>
        <source>{title}, playing</source>
        <translation>{title}，正在播放</translation>
    </message>
</context>
<context>
    <name>QueueModes</name>
    <message>
        <source>Repeat: off</source>
        <translation>循环：关闭</translation>
    </message>
    <message>
        <source>Repeat: the whole queue</source>
        <translation>循环：整个队列</translation>
    </message>
    <message>
        <source>Repeat: this song</source>
        <translation>循环：这首歌</translation>
    </message>
    <message>
        <source>Shuffle</source>
        <translation>随机播放</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Add songs</source>
        <translation>添加歌曲</translation>
    </message>
    <message>
        <source>Clear what follows</source>
        <translation>清除后面的歌曲</translation>
    </message>
    <message>
        <source>Play queue · {n} songs</source>
        <translation>播放队列 · {n} 首歌</translation>
    </message>
    <message>
        <source>Play queue · 1 song</source>
        <translation>播放队列 · 1 首歌</translation>
    </message>
    <message>
        <source>Songs that are not in the queue</source>
        <translation>不在队列中的歌曲</translation>
    </message>
    <message>
        <source>All saved songs are in the queue</source>
        <translation>所有已保存的歌曲都在队列中</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play next</source>
        <translation>下一首播放</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Take out of the queue</source>
        <translation>从队列移除</translation>
    </message>
</context>
<context>
    <name>ReferencePicker</name>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Reference recording</source>
        <translation>参考录音</translation>
    </message>
    <message>
        <source>Choose a recording</source>
        <translation>选择录音</translation>
    </message>
    <message>
        <source>Recordings (*.mp3 *.wav *.flac)</source>
        <translation>录音 (*.mp3 *.wav *.flac)</translation>
    </message>
</context>
<context>
    <name>ReferenceSelect</name>
    <message>
        <source>Reference recording</source>
        <translation>参考录音</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>My song: {name}</source>
        <translation>我的歌曲：{name}</translation>
    </message>
</context>
<context>
    <name>RefusalList</name>
    <message>
        <source>Files that are not sent</source>
        <translation>不发送的文件</translation>
    </message>
</context>
<context>
    <name>RightsBar</name>
    <message>
        <source>A reference is sent only when you have it. Your answer is kept with it.</source>
        <translation>有权使用时才会发送参考音频。你的答复会一并记录。</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>No to all</source>
        <translation>全部否</translation>
    </message>
    <message>
        <source>Do you have the right to use “{name}”?</source>
        <translation>你有权使用“{name}”吗？</translation>
    </message>
    <message>
        <source>Yes, this one</source>
        <translation>是，仅此一个</translation>
    </message>
    <message>
        <source>Yes, upload</source>
        <translation>是，上传</translation>
    </message>
    <message>
        <source>Yes, for all {n} recordings</source>
        <translation>是，全部 {n} 段录音</translation>
    </message>
</context>
<context>
    <name>RightsQuestion</name>
    <message>
        <source>Do you have the right to use this recording?</source>
        <translation>你有权使用这段录音吗？</translation>
    </message>
    <message>
        <source>Yes, upload</source>
        <translation>是，上传</translation>
    </message>
    <message>
        <source>Yes, upload {name}</source>
        <translation>是，上传 {name}</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Do not upload {name}</source>
        <translation>不上传 {name}</translation>
    </message>
</context>
<context>
    <name>RiskBanner</name>
    <message>
        <source>Save now</source>
        <translation>立即保存</translation>
    </message>
    <message>
        <source>One song is not saved yet, and the service may not keep it for long.</source>
        <translation>有一首歌尚未保存，服务可能不会长期保留它。</translation>
    </message>
    <message numerus="yes">
        <source>%n songs are not saved yet; the service may not keep them.</source>
        <translation>
            <numerusform>有 %n 首歌尚未保存，服务可能不会保留它们。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowPanel</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Send first</source>
        <translation>优先发送</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Generate again</source>
        <translation>再次生成</translation>
    </message>
    <message>
        <source>Edit as new</source>
        <translation>编辑为新歌</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>从列表中移除</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Take back and edit</source>
        <translation>撤回并编辑</translation>
    </message>
    <message>
        <source>Generate again (costs credits)</source>
        <translation>再次生成（消耗积分）</translation>
    </message>
    <message>
        <source>Generate again ({price})</source>
        <translation>再次生成（{price}）</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
</context>
<context>
    <name>SearchResults</name>
    <message>
        <source>Search results</source>
        <translation>搜索结果</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Hide the key</source>
        <translation>隐藏密钥</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>显示密钥</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message>
        <source>There is a hint in here</source>
        <translation>这里有一条提示</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>folded: {words}</source>
        <translation>已折叠：{words}</translation>
    </message>
</context>
<context>
    <name>SectionView</name>
    <message>
        <source>Beginning</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>{name} · about {time}</source>
        <translation>{name} · 约 {time}</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>SettingsOffer</name>
    <message>
        <source>Use its settings</source>
        <translation>使用其设置</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>“{name}” tells how it was made.</source>
        <translation>“{name}”记录了它的生成方式。</translation>
    </message>
    <message>
        <source>“{name}” does not tell how a song was made.</source>
        <translation>“{name}”没有记录歌曲的生成方式。</translation>
    </message>
</context>
<context>
    <name>ShelfPage</name>
    <message>
        <source>Back to the chats</source>
        <translation>返回对话列表</translation>
    </message>
</context>
<context>
    <name>ShelfStrip</name>
    <message>
        <source>Playlists</source>
        <translation>播放列表</translation>
    </message>
    <message>
        <source>All songs</source>
        <translation>所有歌曲</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>新建播放列表</translation>
    </message>
    <message>
        <source>New playlist; drop songs here to begin with them</source>
        <translation>新建播放列表；可将歌曲拖到这里作为开始</translation>
    </message>
</context>
<context>
    <name>ShortcutList</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>任何位置</translation>
    </message>
    <message>
        <source>While writing</source>
        <translation>写消息时</translation>
    </message>
    <message>
        <source>In the messages</source>
        <translation>在消息中</translation>
    </message>
    <message>
        <source>In the list of chats</source>
        <translation>在对话列表中</translation>
    </message>
    <message>
        <source>In the player</source>
        <translation>在播放器中</translation>
    </message>
    <message>
        <source>Send or queue the message</source>
        <translation>发送消息或使其排队</translation>
    </message>
    <message>
        <source>Enter or Ctrl+Enter, as set</source>
        <translation>Enter 或 Ctrl+Enter，取决于设置</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Shift+Enter</translation>
    </message>
    <message>
        <source>Edit the last question</source>
        <translation>编辑上一个问题</translation>
    </message>
    <message>
        <source>Up, with nothing written</source>
        <translation>↑（输入框为空时）</translation>
    </message>
    <message>
        <source>Next, previous message</source>
        <translation>下一条、上一条消息</translation>
    </message>
    <message>
        <source>J, K or Alt+Down, Alt+Up</source>
        <translation>J、K 或 Alt+↓、Alt+↑</translation>
    </message>
    <message>
        <source>Buttons and links of the message</source>
        <translation>消息的按钮和链接</translation>
    </message>
    <message>
        <source>Tab, Enter</source>
        <translation>Tab、Enter</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>编辑问题</translation>
    </message>
    <message>
        <source>E or F2</source>
        <translation>E 或 F2</translation>
    </message>
    <message>
        <source>Previous, next version</source>
        <translation>上一个、下一个版本</translation>
    </message>
    <message>
        <source>Alt+Left, Alt+Right</source>
        <translation>Alt+←、Alt+→</translation>
    </message>
    <message>
        <source>Beginning, end</source>
        <translation>开头、末尾</translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation>Home、End</translation>
    </message>
    <message>
        <source>Rename, delete the chat</source>
        <translation>重命名、删除对话</translation>
    </message>
    <message>
        <source>F2, Del</source>
        <translation>F2、Del</translation>
    </message>
    <message>
        <source>All that can be done with the chat</source>
        <translation>对话的全部操作</translation>
    </message>
    <message>
        <source>Menu key</source>
        <translation>菜单键</translation>
    </message>
    <message>
        <source>Play, pause; also in lists</source>
        <translation>播放、暂停；列表中同样适用</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Five seconds back, on</source>
        <translation>后退、前进五秒</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>←、→</translation>
    </message>
    <message>
        <source>Repeat a part: from here, to here, no more</source>
        <translation>循环一段：从这里、到这里、结束</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>Comparing: the first, the second, the other</source>
        <translation>对比：第一首、第二首、另一首</translation>
    </message>
    <message>
        <source>1, 2, X</source>
        <translation>1、2、X</translation>
    </message>
    <message>
        <source>In the play queue: move, take out</source>
        <translation>在播放队列中：移动、移除</translation>
    </message>
    <message>
        <source>Alt+Up, Alt+Down, Del</source>
        <translation>Alt+↑、Alt+↓、Del</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>These keys edit text everywhere. Choose others.</source>
        <translation>这些键在任何位置都用于编辑文字。请换一组。</translation>
    </message>
    <message>
        <source>These keys have a fixed meaning. Choose others.</source>
        <translation>这些键有固定含义。请换一组。</translation>
    </message>
    <message>
        <source>This key is needed for writing. Hold Ctrl too, or take a function key.</source>
        <translation>此键用于输入文字。请同时按住 Ctrl，或使用功能键。</translation>
    </message>
    <message>
        <source>Alt with a key opens menus. Hold Ctrl too.</source>
        <translation>Alt 加按键会打开菜单。请同时按住 Ctrl。</translation>
    </message>
    <message>
        <source>Your desktop keeps this key for itself. Use Ctrl instead.</source>
        <translation>此键由桌面系统保留。请改用 Ctrl。</translation>
    </message>
    <message>
        <source>Esc closes and stops things. Choose other keys.</source>
        <translation>Esc 用于关闭和停止。请选择其他键。</translation>
    </message>
    <message>
        <source>“{command}” has these keys.</source>
        <translation>“{command}”已使用这些键。</translation>
    </message>
    <message>
        <source>Keys for “{command}”</source>
        <translation>“{command}”的快捷键</translation>
    </message>
    <message>
        <source>Use them here</source>
        <translation>改为用在这里</translation>
    </message>
    <message>
        <source>Back to the default keys of “{command}”</source>
        <translation>恢复“{command}”的默认快捷键</translation>
    </message>
    <message>
        <source>also {keys}</source>
        <translation>另有 {keys}</translation>
    </message>
</context>
<context>
    <name>ShortcutsPage</name>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>All back to default</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Click a field and press the new keys. Keys for writing and editing stay as they are.</source>
        <translation>点击一个输入框，然后按下新的快捷键。用于输入和编辑的按键保持不变。</translation>
    </message>
</context>
<context>
    <name>SideCard</name>
    <message>
        <source>This one is heard</source>
        <translation>正在听这首</translation>
    </message>
    <message>
        <source>This one wins</source>
        <translation>这首胜出</translation>
    </message>
    <message>
        <source>Song {n}</source>
        <translation>歌曲 {n}</translation>
    </message>
    <message>
        <source>Winner</source>
        <translation>胜出</translation>
    </message>
    <message>
        <source>{title}, heard now</source>
        <translation>{title}，正在听</translation>
    </message>
    <message>
        <source>{title} wins</source>
        <translation>{title} 胜出</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Sidebar</source>
        <translation>侧边栏</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>搜索全部内容</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Titles and messages of every chat, archived ones too, and titles, prompts and lyrics of every song were searched. Try fewer or other words.</source>
        <translation>已搜索每个对话（包括已归档的）的标题和消息，以及每首歌的标题、提示词和歌词。请减少或更换关键词。</translation>
    </message>
    <message>
        <source>No chats yet</source>
        <translation>还没有对话</translation>
    </message>
    <message>
        <source>What you write is kept on this computer and listed here.</source>
        <translation>你写的内容会保存在本机并列在这里。</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>What works today</source>
        <translation>现已支持的功能</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message numerus="yes">
        <source>%n in flight</source>
        <translation>
            <numerusform>%n 项进行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for you</source>
        <translation>
            <numerusform>%n 项等你处理</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SongActions</name>
    <message>
        <source>“{title}” is in the trash.</source>
        <translation>“{title}”已移入回收站。</translation>
    </message>
    <message>
        <source>{songs} are in the trash.</source>
        <translation>{songs}已移入回收站。</translation>
    </message>
    <message>
        <source>Delete {songs} for good?</source>
        <translation>要永久删除 {songs}吗？</translation>
    </message>
    <message>
        <source>The files go to the trash of this computer. Ratings and places in playlists are lost; what the service still keeps stays there.</source>
        <translation>文件会移入本机的回收站。评分和播放列表中的位置会丢失；服务端仍保留的内容不受影响。</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Where is “{title}”?</source>
        <translation>“{title}”在哪里？</translation>
    </message>
    <message>
        <source>Convert “{title}”</source>
        <translation>转换“{title}”</translation>
    </message>
    <message>
        <source>Convert {songs}</source>
        <translation>转换 {songs}</translation>
    </message>
    <message>
        <source>New playlist</source>
        <translation>新建播放列表</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Rename playlist</source>
        <translation>重命名播放列表</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>The playlist “{name}” is deleted, its songs are not.</source>
        <translation>播放列表“{name}”已删除，其中的歌曲没有删除。</translation>
    </message>
</context>
<context>
    <name>SongList</name>
    <message>
        <source>Songs</source>
        <translation>歌曲</translation>
    </message>
</context>
<context>
    <name>SongMenu</name>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play these</source>
        <translation>播放这些</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>使用这些设置</translation>
    </message>
    <message>
        <source>Use as reference</source>
        <translation>用作参考</translation>
    </message>
    <message>
        <source>No favourite</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Take out of this playlist</source>
        <translation>从此播放列表移除</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete for good…</source>
        <translation>永久删除…</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Locate…</source>
        <translation>定位文件…</translation>
    </message>
    <message>
        <source>Copy file</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Copy files</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>复制路径</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Convert…</source>
        <translation>转换…</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>No rating</source>
        <translation>不评分</translation>
    </message>
    <message>
        <source>Add to playlist</source>
        <translation>添加到播放列表</translation>
    </message>
    <message>
        <source>New playlist…</source>
        <translation>新建播放列表…</translation>
    </message>
</context>
<context>
    <name>SongSettings</name>
    <message>
        <source>A file needs a name. “{title}” alone will do.</source>
        <translation>文件需要名称。只写“{title}”即可。</translation>
    </message>
    <message>
        <source>This is too long for the name of a file.</source>
        <translation>作为文件名太长了。</translation>
    </message>
    <message>
        <source>There is no “{about}”. Known are: {known}.</source>
        <translation>没有“{about}”。可用的有：{known}。</translation>
    </message>
    <message>
        <source>A brace stands alone. Fields look like “{title}”.</source>
        <translation>有一个单独的大括号。字段的写法如“{title}”。</translation>
    </message>
    <message>
        <source>A name can&apos;t hold / or \. Songs lie in one folder.</source>
        <translation>名称中不能有 / 或 \。歌曲都在同一个文件夹中。</translation>
    </message>
    <message>
        <source>Songs at a time</source>
        <translation>同时生成的歌曲数</translation>
    </message>
    <message>
        <source>Others wait for their turn; until then they can be taken back.</source>
        <translation>其余的会排队等待，在此之前可以撤回。</translation>
    </message>
    <message>
        <source>Names of song files</source>
        <translation>歌曲文件的名称</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Use {known}.</source>
        <translation>可使用 {known}。</translation>
    </message>
    <message>
        <source>Such as “{name}”</source>
        <translation>例如“{name}”</translation>
    </message>
</context>
<context>
    <name>SongsView</name>
    <message>
        <source>Songs</source>
        <translation>歌曲</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Delete playlist</source>
        <translation>删除播放列表</translation>
    </message>
</context>
<context>
    <name>SpeedButton</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Speed: {speed}</source>
        <translation>速度：{speed}</translation>
    </message>
</context>
<context>
    <name>StarRow</name>
    <message>
        <source>Rate it by a click or the keys 0 to 5</source>
        <translation>点击或按 0 到 5 键评分</translation>
    </message>
    <message>
        <source>Rating: {n} of 5 stars</source>
        <translation>评分：{n} 星（共 5 星）</translation>
    </message>
</context>
<context>
    <name>Stars</name>
    <message>
        <source>{n} of 5 stars</source>
        <translation>{n} 星（共 5 星）</translation>
    </message>
    <message>
        <source>Not rated</source>
        <translation>未评分</translation>
    </message>
</context>
<context>
    <name>StartupProblem</name>
    <message>
        <source>Beatra Desktop can&apos;t start</source>
        <translation>Beatra Desktop 无法启动</translation>
    </message>
    <message>
        <source>What can be read of it is saved into a new file. There is no copy to fill gaps from. The damaged file is kept.</source>
        <translation>可读取的内容会保存到新文件中。没有可用来补全的副本。损坏的文件会保留。</translation>
    </message>
    <message>
        <source>Saving what can be read keeps what is new, and fills gaps from the copy of {when}. Going back to the copy brings everything back as it was then. The damaged file is kept either way.</source>
        <translation>保存可读取的内容会保留最新的数据，并用 {when} 的副本补全缺失部分。恢复到副本则会使一切回到当时的状态。无论哪种方式，损坏的文件都会保留。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Save what can be read</source>
        <translation>保存可读取的内容</translation>
    </message>
    <message>
        <source>Go back to the copy of {when}</source>
        <translation>恢复到 {when} 的副本</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>StateChips</name>
    <message>
        <source>States</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Play these</source>
        <translation>播放这些</translation>
    </message>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Convert…</source>
        <translation>转换…</translation>
    </message>
    <message>
        <source>Copy files</source>
        <translation>复制文件</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Empty trash…</source>
        <translation>清空回收站…</translation>
    </message>
    <message>
        <source>No songs</source>
        <translation>没有歌曲</translation>
    </message>
    <message>
        <source>{songs} selected</source>
        <translation>已选择 {songs}</translation>
    </message>
    <message>
        <source>{songs}, {size} · erased after 30 days</source>
        <translation>{songs}，{size} · 30 天后清除</translation>
    </message>
</context>
<context>
    <name>StatusText</name>
    <message>
        <source>Sending your message…</source>
        <translation>正在发送你的消息…</translation>
    </message>
    <message>
        <source>Waiting for the first words…</source>
        <translation>正在等待回答…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Use Auto</source>
        <translation>改用自动</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一版本</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Instructions for the model</source>
        <translation>给模型的指令</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>{model} (chosen by Auto)</source>
        <translation>{model}（由自动选择）</translation>
    </message>
    <message>
        <source>Answering…</source>
        <translation>正在回答…</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 个 token</translation>
    </message>
    <message>
        <source>{number} tokens</source>
        <translation>{number} 个 token</translation>
    </message>
    <message>
        <source>Version {number} of {total}</source>
        <translation>版本 {number} / {total}</translation>
    </message>
    <message>
        <source>Answer of {model}</source>
        <translation>{model} 的回答</translation>
    </message>
    <message>
        <source>Link to {target}</source>
        <translation>链接到 {target}</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>New text below</source>
        <translation>下方有新内容</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>being written</source>
        <translation>正在书写</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>unclear whether it was answered</source>
        <translation>不确定是否已回答</translation>
    </message>
    <message>
        <source>Trying again in {time} (attempt {attempt} of {of}). {reason}</source>
        <translation>{time}后重试（第 {attempt} 次，共 {of} 次）。{reason}</translation>
    </message>
    <message>
        <source>No answer came. Your message is kept.</source>
        <translation>没有收到回答。你的消息已保留。</translation>
    </message>
    <message>
        <source>The connection ended before the first words. Your message is kept.</source>
        <translation>连接在收到回答之前断开。你的消息已保留。</translation>
    </message>
    <message>
        <source>Cut off before its end; kept as it is.</source>
        <translation>未结束就中断了，内容按原样保留。</translation>
    </message>
    <message>
        <source>The answer was cut off before its end. What arrived is kept.</source>
        <translation>回答未结束就中断了。已收到的内容均已保留。</translation>
    </message>
    <message>
        <source>You stopped this answer before its first words.</source>
        <translation>你在回答开始前停止了它。</translation>
    </message>
    <message>
        <source>You stopped this answer. What arrived is kept.</source>
        <translation>你停止了这条回答。已收到的内容均已保留。</translation>
    </message>
    <message>
        <source>The answer reached the length limit, so it may end early.</source>
        <translation>回答达到了长度上限，可能提前结束。</translation>
    </message>
    <message>
        <source>The service ended this answer because of its content rules.</source>
        <translation>服务因其内容规则结束了这条回答。</translation>
    </message>
    <message>
        <source>The model wanted to use a tool here ({reason}). This app offers it none, so the answer may lack something.</source>
        <translation>模型想在这里使用工具（{reason}）。本应用没有提供工具，因此回答可能不完整。</translation>
    </message>
    <message>
        <source>The service ended this answer for a reason of its own: {reason}.</source>
        <translation>服务出于自身原因结束了这条回答：{reason}。</translation>
    </message>
</context>
<context>
    <name>Studio</name>
    <message>
        <source>Studio</source>
        <translation>工作室</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创作</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>歌曲</translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Part of the studio</source>
        <translation>工作室分区</translation>
    </message>
    <message>
        <source>No music here</source>
        <translation>这里没有音乐</translation>
    </message>
    <message>
        <source>The service of this profile offers no music. Chat works as usual.</source>
        <translation>此配置的服务不提供音乐。聊天照常可用。</translation>
    </message>
</context>
<context>
    <name>SunoPanel</name>
    <message>
        <source>Custom mode</source>
        <translation>自定义模式</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>女声</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>男声</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>人声</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>排除</translation>
    </message>
    <message>
        <source>such as: choir, distortion</source>
        <translation>例如：合唱、失真</translation>
    </message>
    <message>
        <source>Follow the style</source>
        <translation>遵循风格</translation>
    </message>
    <message>
        <source>Weirdness</source>
        <translation>新奇程度</translation>
    </message>
    <message>
        <source>Follow the reference</source>
        <translation>遵循参考</translation>
    </message>
    <message>
        <source>female voice</source>
        <translation>女声</translation>
    </message>
    <message>
        <source>male voice</source>
        <translation>男声</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>fine-tuned</source>
        <translation>已微调</translation>
    </message>
    <message>
        <source>For your own lyrics and the fine controls below.</source>
        <translation>用于你自己的歌词和下面的细项设置。</translation>
    </message>
</context>
<context>
    <name>SupportReport</name>
    <message>
        <source>Support report</source>
        <translation>支持报告</translation>
    </message>
    <message>
        <source>The report</source>
        <translation>报告内容</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste it where you ask for help. It holds versions, states and the end of the log; no key and nothing you wrote. Nothing is sent by itself.</source>
        <translation>请粘贴到你求助的地方。其中包含版本、状态和日志末尾，不含密钥，也不含你写的内容。不会自动发送任何内容。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>TextField</name>
    <message>
        <source>{used} of {limit}</source>
        <translation>{used} / {limit}</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>{step}: {time}</source>
        <translation>{step}：{time}</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已记录</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>已开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Alt+Up and Alt+Down go from message to message, Tab to the buttons and links in it</source>
        <translation>Alt+↑ 和 Alt+↓ 在消息间移动，Tab 移到其中的按钮和链接</translation>
    </message>
</context>
<context>
    <name>TrashPage</name>
    <message>
        <source>Trash</source>
        <translation>回收站</translation>
    </message>
    <message>
        <source>Empty trash</source>
        <translation>清空回收站</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>回收站是空的</translation>
    </message>
    <message>
        <source>Chats you delete lie here for 30 days.</source>
        <translation>删除的对话会在这里保留 30 天。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete forever</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Delete forever…</source>
        <translation>永久删除…</translation>
    </message>
    <message>
        <source>Deleted {when}</source>
        <translation>删除时间：{when}</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>No messages</source>
        <translation>没有消息</translation>
    </message>
    <message>
        <source>Delete “{title}” forever?</source>
        <translation>要永久删除“{title}”吗？</translation>
    </message>
    <message>
        <source>The chat and all its messages are erased. Nothing brings them back.</source>
        <translation>该对话及其所有消息将被清除，无法恢复。</translation>
    </message>
    <message>
        <source>{count} chats and all their messages are erased.</source>
        <translation>{count} 个对话及其所有消息将被清除。</translation>
    </message>
    <message>
        <source>One chat and all its messages are erased.</source>
        <translation>1 个对话及其所有消息将被清除。</translation>
    </message>
    <message>
        <source>Empty the trash?</source>
        <translation>要清空回收站吗？</translation>
    </message>
    <message>
        <source>Nothing brings them back.</source>
        <translation>无法恢复。</translation>
    </message>
    <message>
        <source>last day</source>
        <translation>最后一天</translation>
    </message>
    <message>
        <source>{days} days left</source>
        <translation>还剩 {days} 天</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Paused: nothing new is sent</source>
        <translation>已暂停：不发送新内容</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for you</source>
        <translation>
            <numerusform>%n 项等你处理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n on the way</source>
        <translation>
            <numerusform>%n 项进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>没有待处理事项</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
</context>
<context>
    <name>UndoLine</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>UploadList</name>
    <message>
        <source>Uploads</source>
        <translation>上传</translation>
    </message>
</context>
<context>
    <name>UploadPanel</name>
    <message>
        <source>The chosen upload</source>
        <translation>所选上传</translation>
    </message>
</context>
<context>
    <name>VolumeControl</name>
    <message>
        <source>Mute</source>
        <translation>静音</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Unmute</source>
        <translation>取消静音</translation>
    </message>
</context>
<context>
    <name>Waveform</name>
    <message>
        <source>Position in the clip</source>
        <translation>曲目中的位置</translation>
    </message>
    <message>
        <source>Click or use the arrow keys to go to a place in the clip, drag with Shift to repeat a part</source>
        <translation>点击或用方向键跳转到曲目中的某处，按住 Shift 拖动可循环一段</translation>
    </message>
</context>
<context>
    <name>WeightField</name>
    <message>
        <source>Leave it to the service: {name}</source>
        <translation>交由服务决定：{name}</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>What shall we make?</source>
        <translation>想做点什么？</translation>
    </message>
    <message>
        <source>Connect your beatra account</source>
        <translation>连接你的 beatra 账户</translation>
    </message>
    <message>
        <source>Enter your API key</source>
        <translation>输入你的 API 密钥</translation>
    </message>
    <message>
        <source>Check your API key</source>
        <translation>检查你的 API 密钥</translation>
    </message>
    <message>
        <source>You are in the sandbox: a complete beatra service on this computer. It streams, uploads and makes real audio, and nothing costs anything.</source>
        <translation>你正在使用沙盒：一个运行在本机上的完整 beatra 服务。它能流式回答、上传文件并生成真实的音频，而且完全免费。</translation>
    </message>
    <message>
        <source>Messages go to {place}.</source>
        <translation>消息会发送到 {place}。</translation>
    </message>
    <message>
        <source>Ask what beatra can do today</source>
        <translation>问问 beatra 现在能做什么</translation>
    </message>
    <message>
        <source>What can I do with beatra today, and what is still in preview?</source>
        <translation>beatra 现在能做什么？哪些功能还在预览？</translation>
    </message>
    <message>
        <source>Make a song from a few words</source>
        <translation>用几句话做一首歌</translation>
    </message>
    <message>
        <source>Upload a recording to work from</source>
        <translation>上传一段录音作为起点</translation>
    </message>
</context>
<context>
    <name>Writing</name>
    <message>
        <source>An answer is still coming, so nothing was sent. Your text is kept: send it when the answer is there, or stop the answer.</source>
        <translation>回答尚未结束，因此没有发送任何内容。你的文字已保留：等回答结束后再发送，或先停止回答。</translation>
    </message>
    <message>
        <source>The earlier message is no longer there, so nothing was sent. Your text is kept: copy it into a new message.</source>
        <translation>较早的消息已不存在，因此没有发送任何内容。你的文字已保留：请复制到一条新消息中。</translation>
    </message>
    <message>
        <source>The waiting message was removed.</source>
        <translation>已移除等待中的消息。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>New song</source>
        <translation>新建歌曲</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Paste files or a picture</source>
        <translation>粘贴文件或图片</translation>
    </message>
    <message>
        <source>Export chat…</source>
        <translation>导出对话…</translation>
    </message>
    <message>
        <source>Export all chats…</source>
        <translation>导出全部对话…</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>导入对话…</translation>
    </message>
    <message>
        <source>Pause everything new</source>
        <translation>暂停所有新请求</translation>
    </message>
    <message>
        <source>Stop all retrying</source>
        <translation>停止所有重试</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Find in chat</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>搜索全部内容</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Chat options</source>
        <translation>对话选项</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>Copy the last answer</source>
        <translation>复制最后一条回答</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>资料库</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活动</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>侧边栏</translation>
    </message>
    <message>
        <source>Studio</source>
        <translation>工作室</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Normal text</source>
        <translation>默认文字大小</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Help topics</source>
        <translation>帮助主题</translation>
    </message>
    <message>
        <source>What works today</source>
        <translation>现已支持的功能</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Support report…</source>
        <translation>支持报告…</translation>
    </message>
    <message>
        <source>About Beatra Desktop</source>
        <translation>关于 Beatra Desktop</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Chat</source>
        <translation>对话(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
</context>
<context>
    <name>activity_columns</name>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>服务配置</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>请求 ID</translation>
    </message>
</context>
<context>
    <name>activity_facts</name>
    <message>
        <source>Request id</source>
        <translation>请求 ID</translation>
    </message>
    <message>
        <source>Idempotency key</source>
        <translation>幂等键</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>服务配置</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Task id</source>
        <translation>任务 ID</translation>
    </message>
    <message>
        <source>Artifact id</source>
        <translation>素材 ID</translation>
    </message>
    <message>
        <source>{model}, asked for {asked}</source>
        <translation>{model}（请求的是 {asked}）</translation>
    </message>
    <message>
        <source>not reported by the service</source>
        <translation>服务未提供</translation>
    </message>
    <message>
        <source>{charge}, {refund} given back</source>
        <translation>{charge}，已退还 {refund}</translation>
    </message>
</context>
<context>
    <name>activity_text</name>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Upload</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Uploads</source>
        <translation>上传</translation>
    </message>
    <message>
        <source>Song</source>
        <translation>歌曲</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>歌曲</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>需要你处理</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Canceled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已记录</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>已开始</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Again in {left}</source>
        <translation>{left}后重试</translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>等待你的答复</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}%</translation>
    </message>
    <message>
        <source>Confirming</source>
        <translation>确认中</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>{done} of {all}</source>
        <translation>{done} / {all}</translation>
    </message>
    <message>
        <source>{n} of {of} in {left}</source>
        <translation>{left}后第 {n} 次（共 {of} 次）</translation>
    </message>
</context>
<context>
    <name>alert_text</name>
    <message>
        <source>Song saved</source>
        <translation>歌曲已保存</translation>
    </message>
    <message>
        <source>Songs saved</source>
        <translation>歌曲已保存</translation>
    </message>
    <message>
        <source>A song needs you</source>
        <translation>有歌曲需要你处理</translation>
    </message>
    <message>
        <source>Songs need you</source>
        <translation>有歌曲需要你处理</translation>
    </message>
    <message>
        <source>Answer complete</source>
        <translation>回答已完成</translation>
    </message>
    <message>
        <source>Answers complete</source>
        <translation>回答已完成</translation>
    </message>
    <message>
        <source>Answer incomplete</source>
        <translation>回答不完整</translation>
    </message>
    <message>
        <source>Answers incomplete</source>
        <translation>回答不完整</translation>
    </message>
    <message>
        <source>Upload failed</source>
        <translation>上传失败</translation>
    </message>
    <message>
        <source>Uploads failed</source>
        <translation>上传失败</translation>
    </message>
    <message>
        <source>Your limit for today</source>
        <translation>今天的上限</translation>
    </message>
    <message>
        <source>{name} is on this computer.</source>
        <translation>{name} 已保存到本机。</translation>
    </message>
    <message>
        <source>{name} was not made or not saved. The app says why.</source>
        <translation>{name} 未能生成或保存。原因请看应用。</translation>
    </message>
    <message>
        <source>{name} has an answer.</source>
        <translation>{name} 已有回答。</translation>
    </message>
    <message>
        <source>{name}: what came is kept, and can be continued.</source>
        <translation>{name}：已收到的内容均已保留，可以继续。</translation>
    </message>
    <message>
        <source>{name} was not uploaded. The file is untouched.</source>
        <translation>{name} 未上传。文件未受影响。</translation>
    </message>
    <message>
        <source>Going on would pass it. Nothing is sent before you decide.</source>
        <translation>继续将超出上限。在你决定之前不会发送任何内容。</translation>
    </message>
    <message>
        <source>A new song</source>
        <translation>新歌曲</translation>
    </message>
    <message>
        <source>A song</source>
        <translation>一首歌</translation>
    </message>
    <message>
        <source>A chat</source>
        <translation>一个对话</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>一个文件</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>%n of them; the last is {name}.</source>
        <translation>共 %n 个，最近的是 {name}。</translation>
    </message>
</context>
<context>
    <name>cap_question</name>
    <message>
        <source>Go over your limit for today?</source>
        <translation>要超出今天的上限吗？</translation>
    </message>
    <message>
        <source>Go over it</source>
        <translation>超出上限</translation>
    </message>
    <message>
        <source>Of your {cap} for today, {spent} are spent or on their way. What this costs is not known: the service names no price. Nothing was sent yet.</source>
        <translation>今天的上限为 {cap}，已使用或即将使用 {spent}。这次的费用未知：服务没有给出价格。目前尚未发送任何内容。</translation>
    </message>
    <message>
        <source>With this, {spent} of your {cap} for today are spent. Nothing was sent yet.</source>
        <translation>算上这次，今天的上限 {cap} 中将使用 {spent}。目前尚未发送任何内容。</translation>
    </message>
    <message>
        <source>Of your {cap} for today, {spent} are spent or on their way, and this is expected to cost {estimate}. Nothing was sent yet.</source>
        <translation>今天的上限为 {cap}，已使用或即将使用 {spent}，这次预计花费 {estimate}。目前尚未发送任何内容。</translation>
    </message>
</context>
<context>
    <name>charges</name>
    <message>
        <source>Charged</source>
        <translation>已扣费</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>已退还</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>With a price</source>
        <translation>有价格</translation>
    </message>
    <message>
        <source>Not reported</source>
        <translation>未提供价格</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>服务配置</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>All together</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>code_block</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
</context>
<context>
    <name>connection_text</name>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Needs a key</source>
        <translation>需要密钥</translation>
    </message>
    <message>
        <source>Key refused</source>
        <translation>密钥被拒绝</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
</context>
<context>
    <name>deeds</name>
    <message>
        <source>Send now</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Stop retrying</source>
        <translation>停止重试</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>details</name>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Service code</source>
        <translation>服务代码</translation>
    </message>
    <message>
        <source>Service message</source>
        <translation>服务消息</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>请求 ID</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详细说明</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Model asked</source>
        <translation>请求的模型</translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation>回答所用的模型</translation>
    </message>
    <message>
        <source>Ended because</source>
        <translation>结束原因</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Charge</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>提问时间</translation>
    </message>
    <message>
        <source>First words after</source>
        <translation>首字用时</translation>
    </message>
    <message>
        <source>Finished after</source>
        <translation>完成用时</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒 token</translation>
    </message>
    <message>
        <source>Idempotency key</source>
        <translation>幂等键</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Coming in</source>
        <translation>正在接收</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Incomplete, kept</source>
        <translation>不完整，已保留</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>Stopped by you</source>
        <translation>由你停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>{charge} (about ${dollars})</source>
        <translation>{charge}（约 ${dollars}）</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>not reported by the service</source>
        <translation>服务未提供</translation>
    </message>
</context>
<context>
    <name>drop_text</name>
    <message>
        <source>Upload the picture</source>
        <translation>上传图片</translation>
    </message>
    <message>
        <source>Use it as reference audio</source>
        <translation>用作参考音频</translation>
    </message>
    <message>
        <source>Drop it on the studio to use it as reference audio.</source>
        <translation>拖到工作室上即可用作参考音频。</translation>
    </message>
    <message>
        <source>It is uploaded already</source>
        <translation>它已经上传过了</translation>
    </message>
    <message>
        <source>The service of this profile makes no music</source>
        <translation>此配置的服务不提供音乐生成</translation>
    </message>
    <message>
        <source>Choose another profile first.</source>
        <translation>请先选择其他服务配置。</translation>
    </message>
    <message>
        <source>Drag a single song here to use it as reference audio.</source>
        <translation>将一首歌拖到这里，即可用作参考音频。</translation>
    </message>
    <message>
        <source>A song follows one recording</source>
        <translation>一首歌只能参考一段录音</translation>
    </message>
    <message>
        <source>Download it again first, then drop it here.</source>
        <translation>请先重新下载，再拖到这里。</translation>
    </message>
    <message>
        <source>The song is not on this computer</source>
        <translation>这首歌不在本机上</translation>
    </message>
    <message>
        <source>Use “{name}” as reference audio</source>
        <translation>将“{name}”用作参考音频</translation>
    </message>
    <message>
        <source>Save the file on this computer first, then drop it here.</source>
        <translation>请先将文件保存到本机，再拖到这里。</translation>
    </message>
    <message>
        <source>Links to the web can&apos;t be uploaded</source>
        <translation>网页链接无法上传</translation>
    </message>
    <message>
        <source>Copy it to this computer first, then drop it here.</source>
        <translation>请先复制到本机，再拖到这里。</translation>
    </message>
    <message>
        <source>This is not a file on this computer</source>
        <translation>这不是本机上的文件</translation>
    </message>
    <message>
        <source>Look through the folder “{name}” and upload what is in it</source>
        <translation>查看文件夹“{name}”并上传其中的文件</translation>
    </message>
    <message>
        <source>Put the text of “{name}” into the message</source>
        <translation>将“{name}”的文本放入消息</translation>
    </message>
    <message>
        <source>Upload “{name}”</source>
        <translation>上传“{name}”</translation>
    </message>
    <message>
        <source>Add {n} files: text to the message, the others as uploads</source>
        <translation>添加 {n} 个文件：文本放入消息，其余上传</translation>
    </message>
    <message>
        <source>Upload {n} files, recordings as reference audio</source>
        <translation>上传 {n} 个文件，录音用作参考音频</translation>
    </message>
    <message>
        <source>Upload {n} files</source>
        <translation>上传 {n} 个文件</translation>
    </message>
    <message>
        <source>Look through a folder and add a file</source>
        <translation>查看一个文件夹并添加一个文件</translation>
    </message>
    <message>
        <source>Look through a folder and add {n} files</source>
        <translation>查看一个文件夹并添加 {n} 个文件</translation>
    </message>
    <message>
        <source>Look through {folders} folders and add {n} files</source>
        <translation>查看 {folders} 个文件夹并添加 {n} 个文件</translation>
    </message>
    <message>
        <source>Look through {folders} folders and upload what is in them</source>
        <translation>查看 {folders} 个文件夹并上传其中的文件</translation>
    </message>
    <message>
        <source>Look through {folders} folders and add a file</source>
        <translation>查看 {folders} 个文件夹并添加一个文件</translation>
    </message>
    <message>
        <source>Put the text of {n} files into the message</source>
        <translation>将 {n} 个文件的文本放入消息</translation>
    </message>
    <message>
        <source>The service of this profile takes no files</source>
        <translation>此配置的服务不接收文件</translation>
    </message>
    <message>
        <source>Choose another profile first. Text files can be dropped on the chat.</source>
        <translation>请先选择其他服务配置。文本文件可以拖到对话上。</translation>
    </message>
    <message>
        <source>One of them can&apos;t be taken and stays where it is.</source>
        <translation>其中一个无法接收，会留在原处。</translation>
    </message>
    <message>
        <source>{n} of them can&apos;t be taken and stay where they are.</source>
        <translation>其中 {n} 个无法接收，会留在原处。</translation>
    </message>
</context>
<context>
    <name>error_text</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Enter key…</source>
        <translation>输入密钥…</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Add it again</source>
        <translation>重新添加</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Download again</source>
        <translation>重新下载</translation>
    </message>
    <message>
        <source>Profiles…</source>
        <translation>服务配置…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show songs</source>
        <translation>显示歌曲</translation>
    </message>
    <message>
        <source>Show release notes</source>
        <translation>显示版本说明</translation>
    </message>
    <message>
        <source>Your message is kept.</source>
        <translation>你的消息已保留。</translation>
    </message>
    <message>
        <source>Your file is untouched.</source>
        <translation>你的文件未受影响。</translation>
    </message>
    <message>
        <source>Your prompt is kept.</source>
        <translation>你的提示词已保留。</translation>
    </message>
    <message>
        <source>The song is still at the service.</source>
        <translation>歌曲仍在服务端。</translation>
    </message>
    <message>
        <source>it</source>
        <translation>它</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>该模型</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>该文件</translation>
    </message>
    <message>
        <source>the song</source>
        <translation>该歌曲</translation>
    </message>
    <message>
        <source>Enter the address of the service.</source>
        <translation>请输入服务地址。</translation>
    </message>
    <message>
        <source>This is not a web address. Write it like https://example.com/v1.</source>
        <translation>这不是网址。请按 https://example.com/v1 的形式输入。</translation>
    </message>
    <message>
        <source>The address must start with https:// (or http:// on this computer).</source>
        <translation>地址必须以 https:// 开头（本机可用 http://）。</translation>
    </message>
    <message>
        <source>http:// would send your key unencrypted. Use https://; plain http is for this computer only.</source>
        <translation>http:// 会以未加密方式发送密钥。请使用 https://；http:// 仅限本机。</translation>
    </message>
    <message>
        <source>Take the name and password out of the address; the key has its own field.</source>
        <translation>请去掉地址中的用户名和密码；密钥有单独的输入框。</translation>
    </message>
    <message>
        <source>Take everything from the ? or # on out of the address.</source>
        <translation>请去掉地址中从 ? 或 # 开始的部分。</translation>
    </message>
    <message>
        <source>The key is empty. Paste the key as the service showed it.</source>
        <translation>密钥是空的。请把服务显示的密钥原样粘贴进来。</translation>
    </message>
    <message>
        <source>The key is longer than {most} characters, more than every key store takes. Copy the key alone, without text around it.</source>
        <translation>密钥超过 {most} 个字符，任何密钥库都存不下。请只复制密钥本身，不要带上前后的文字。</translation>
    </message>
    <message>
        <source>The key holds a space, a line break or a character that keys never have. Copy it again in one piece.</source>
        <translation>密钥里有空格、换行或密钥中不会出现的字符。请重新完整地复制一次。</translation>
    </message>
    <message>
        <source>Describe the song in a few words first.</source>
        <translation>请先用几句话描述这首歌。</translation>
    </message>
    <message>
        <source>The recording is not uploaded yet. Wait until it is, or take it out.</source>
        <translation>录音尚未上传完成。请等待，或将其移除。</translation>
    </message>
    <message>
        <source>No API key yet</source>
        <translation>还没有 API 密钥</translation>
    </message>
    <message>
        <source>This profile has no API key, so nothing was sent. Enter one to go on.</source>
        <translation>此服务配置没有 API 密钥，因此没有发送任何内容。请输入密钥后继续。</translation>
    </message>
    <message>
        <source>The API key was refused</source>
        <translation>API 密钥被拒绝</translation>
    </message>
    <message>
        <source>The service does not accept this key: it may be mistyped, disabled or revoked. Nothing was charged. Enter a valid key, then try again.</source>
        <translation>服务不接受此密钥：可能输入有误、已停用或已撤销。没有扣费。请输入有效的密钥，然后重试。</translation>
    </message>
    <message>
        <source>Not allowed with this key</source>
        <translation>此密钥没有权限</translation>
    </message>
    <message>
        <source>The service refused this to the account the key belongs to. {message}Use another key, or ask the owner of the account.</source>
        <translation>服务拒绝了该密钥所属账户的这项操作。{message}请换一个密钥，或联系账户所有者。</translation>
    </message>
    <message>
        <source>Not enough credits</source>
        <translation>积分不足</translation>
    </message>
    <message>
        <source>The account&apos;s balance is too low for this, so the service did not start it and charged nothing. Add credits to your account, then try again.</source>
        <translation>账户余额不足，因此服务没有开始，也没有扣费。请充值后重试。</translation>
    </message>
    <message>
        <source>The service can&apos;t find it</source>
        <translation>服务找不到它</translation>
    </message>
    <message>
        <source>The service does not know {subject} (any more). It may have been kept only for a limited time, or belong to another account.</source>
        <translation>服务不知道{subject}（或已不再保留）。它可能只保留了一段时间，或属于其他账户。</translation>
    </message>
    <message>
        <source>The service already has another version</source>
        <translation>服务端已有另一个版本</translation>
    </message>
    <message>
        <source>The service knows this request with other contents, so it did not repeat it. Check what it already made before you start a new one.</source>
        <translation>服务端已有同一请求的不同内容，因此没有重复执行。请先查看它已生成的内容，再重新开始。</translation>
    </message>
    <message>
        <source>The service did not understand the request</source>
        <translation>服务无法理解该请求</translation>
    </message>
    <message>
        <source>{message}Nothing was charged. Change what it names, then send again.</source>
        <translation>{message}没有扣费。请修改其指出的问题，然后再次发送。</translation>
    </message>
    <message>
        <source>This model is not offered</source>
        <translation>不提供此模型</translation>
    </message>
    <message>
        <source>The service does not offer {subject} for this. Choose another model, or Auto.</source>
        <translation>服务不为此提供{subject}。请选择其他模型，或使用自动。</translation>
    </message>
    <message>
        <source>The model does not take an option</source>
        <translation>模型不支持某个选项</translation>
    </message>
    <message>
        <source>{message}Nothing was charged. Leave the option out, or choose another model.</source>
        <translation>{message}没有扣费。请去掉该选项，或选择其他模型。</translation>
    </message>
    <message>
        <source>Too many requests</source>
        <translation>请求过多</translation>
    </message>
    <message>
        <source>The service asks for a pause, and waiting for it did not help yet. Try again in a few minutes.</source>
        <translation>服务要求暂缓，等待后仍未恢复。请几分钟后重试。</translation>
    </message>
    <message>
        <source>The model is not available now</source>
        <translation>模型目前不可用</translation>
    </message>
    <message>
        <source>{subject} does not answer at the moment. Choose another model or Auto, or try again later.</source>
        <translation>{subject}目前没有响应。请选择其他模型或自动，或稍后重试。</translation>
    </message>
    <message>
        <source>The service had a problem</source>
        <translation>服务出现问题</translation>
    </message>
    <message>
        <source>The fault is at the service, not here. {message}Try again in a moment.</source>
        <translation>问题出在服务端，不在本机。{message}请稍后重试。</translation>
    </message>
    <message>
        <source>Refused by the safety check</source>
        <translation>未通过安全检查</translation>
    </message>
    <message>
        <source>The model&apos;s provider refused these words or this reference. What was paid for it is refunded. Change the wording, then send again.</source>
        <translation>模型提供方拒绝了这些文字或参考素材。已付费用会退还。请修改措辞，然后再次发送。</translation>
    </message>
    <message>
        <source>The song could not be made</source>
        <translation>歌曲未能生成</translation>
    </message>
    <message>
        <source>{message}The service refunds what a failed task cost. You can start it again.</source>
        <translation>{message}服务会退还失败任务的费用。你可以重新开始。</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>没有连接</translation>
    </message>
    <message>
        <source>The service can&apos;t be reached. Check the network connection, then try again.</source>
        <translation>无法连接服务。请检查网络连接，然后重试。</translation>
    </message>
    <message>
        <source>The service&apos;s identity is in doubt</source>
        <translation>无法确认服务的身份</translation>
    </message>
    <message>
        <source>{subject} could not prove who it is, so nothing was sent to it. Check the address and this computer&apos;s clock; behind a company proxy, ask its administrator.</source>
        <translation>{subject}无法证明自己的身份，因此没有向其发送任何内容。请检查地址和本机时钟；如使用公司代理，请咨询管理员。</translation>
    </message>
    <message>
        <source>No answer in time</source>
        <translation>未及时响应</translation>
    </message>
    <message>
        <source>The service did not answer in time. Trying again repeats the same request, so nothing is charged twice.</source>
        <translation>服务未及时响应。重试会重复同一请求，不会重复扣费。</translation>
    </message>
    <message>
        <source>The answer makes no sense</source>
        <translation>无法识别的响应</translation>
    </message>
    <message>
        <source>What came back is not in the form the service promises; something between here and there may have changed it. Try again.</source>
        <translation>返回的内容不符合服务承诺的格式，可能在途中被更改。请重试。</translation>
    </message>
    <message>
        <source>The answer was cut off</source>
        <translation>回答中断了</translation>
    </message>
    <message>
        <source>The connection ended before the answer did. Everything that arrived is kept.</source>
        <translation>连接在回答结束前断开。已收到的内容均已保留。</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>You ended the waiting before anything was sent. It is kept here and nothing was charged. Try again when you want it to go out.</source>
        <translation>你在发送之前结束了等待。内容保留在这里，没有扣费。想发送时请重试。</translation>
    </message>
    <message>
        <source>Not known whether it went through</source>
        <translation>不确定是否成功</translation>
    </message>
    <message>
        <source>The request left, but no answer to it came back, and it is too old to be repeated safely. It may have been charged. Check your account before you start a new one.</source>
        <translation>请求已发出，但没有收到响应，且时间过久，无法安全重发。可能已扣费。重新开始前请先查看你的账户。</translation>
    </message>
    <message>
        <source>The service never started it</source>
        <translation>服务从未开始处理</translation>
    </message>
    <message>
        <source>The service&apos;s list of tasks does not hold this one, so the request was lost on its way and nothing was charged. Start it again.</source>
        <translation>服务的任务列表中没有它，说明请求在途中丢失，没有扣费。请重新开始。</translation>
    </message>
    <message>
        <source>More than one could be it</source>
        <translation>可能对应多个任务</translation>
    </message>
    <message>
        <source>The request was lost, and the service has several tasks that were asked for the same. Nothing is sent again. Say which one it is, or that it is none of them.</source>
        <translation>请求丢失了，而服务端有多个内容相同的任务。不会再次发送任何内容。请指出是哪一个，或都不是。</translation>
    </message>
    <message>
        <source>There is no link to it yet</source>
        <translation>还没有下载链接</translation>
    </message>
    <message>
        <source>The service has made {subject} but gave no link to download it. It is asked again from time to time; downloading costs nothing.</source>
        <translation>服务已生成{subject}，但没有给出下载链接。应用会不时再次询问；下载不收费。</translation>
    </message>
    <message>
        <source>The list was not exported</source>
        <translation>列表未导出</translation>
    </message>
    <message>
        <source>{subject} could not be written there; nothing in that folder was changed. Export again and choose a folder you may write to.</source>
        <translation>无法将{subject}写入该位置；该文件夹没有任何更改。请选择有写入权限的文件夹，然后再次导出。</translation>
    </message>
    <message>
        <source>Not offered by this service</source>
        <translation>此服务不提供</translation>
    </message>
    <message>
        <source>The service of this profile does not offer this, so it did nothing. Choose another profile for it.</source>
        <translation>此配置的服务不提供这项功能，因此没有执行任何操作。请换用其他服务配置。</translation>
    </message>
    <message>
        <source>No service at this address</source>
        <translation>此地址没有服务</translation>
    </message>
    <message>
        <source>Something answers at this address, but not as a chat service does. Check the base URL of the profile; it usually ends in /v1.</source>
        <translation>此地址有响应，但不是聊天服务。请检查服务配置的基础网址，通常以 /v1 结尾。</translation>
    </message>
    <message>
        <source>The download link has expired</source>
        <translation>下载链接已过期</translation>
    </message>
    <message>
        <source>The service did not give a new link for {subject} either. Downloading again asks once more and costs nothing.</source>
        <translation>服务也没有为{subject}给出新链接。重新下载会再询问一次，不收费。</translation>
    </message>
    <message>
        <source>The download is damaged</source>
        <translation>下载内容已损坏</translation>
    </message>
    <message>
        <source>What arrived of {subject} can&apos;t be played, so it was not saved. Downloading again costs nothing.</source>
        <translation>收到的{subject}无法播放，因此没有保存。重新下载不收费。</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>There is no room left to save {subject}. Free some space, then try again; a song is saved by itself as soon as there is room. That costs nothing.</source>
        <translation>没有空间保存{subject}。请腾出一些空间，然后重试；空间足够时歌曲会自动保存，不收费。</translation>
    </message>
    <message>
        <source>The file can&apos;t be saved</source>
        <translation>文件无法保存</translation>
    </message>
    <message>
        <source>{subject} could not be written to the folder for it. Choose a folder you may write to, or make this one writable: it is then saved by itself, at no cost.</source>
        <translation>无法将{subject}写入指定文件夹。请选择有写入权限的文件夹，或将此文件夹设为可写：之后会自动保存，不收费。</translation>
    </message>
    <message>
        <source>The app can&apos;t save its data</source>
        <translation>应用无法保存数据</translation>
    </message>
    <message>
        <source>Nothing is sent that can&apos;t be recorded first. Make sure that the disk is not full and the app&apos;s folder can be written, then try again.</source>
        <translation>无法先记录的内容不会发送。请确认磁盘未满且应用文件夹可写，然后重试。</translation>
    </message>
    <message>
        <source>The app&apos;s data is damaged</source>
        <translation>应用数据已损坏</translation>
    </message>
    <message>
        <source>Part of it can&apos;t be read. It is left as it is. Quit and start Beatra Desktop again: it then offers to save what can be read, or to go back to a copy.</source>
        <translation>其中一部分无法读取，已保持原样。请退出并重新启动 Beatra Desktop：它会提供保存可读取的内容或恢复到副本的选项。</translation>
    </message>
    <message>
        <source>The sandbox does not run</source>
        <translation>沙盒没有运行</translation>
    </message>
    <message>
        <source>The practice service on this computer stopped or did not start. Trying again starts it anew.</source>
        <translation>本机上的练习服务已停止或未能启动。重试会重新启动它。</translation>
    </message>
    <message>
        <source>The key store can&apos;t be used</source>
        <translation>密钥库无法使用</translation>
    </message>
    <message>
        <source>{detail} What it already holds stays there. Unlock or repair the key store, then try again.</source>
        <translation>{detail}其中已有的内容仍然保留。请解锁或修复密钥库，然后重试。</translation>
    </message>
    <message>
        <source>Its profile was removed</source>
        <translation>对应的服务配置已移除</translation>
    </message>
    <message>
        <source>This was made under a profile that is no longer here, so nothing was sent. Start it anew under another profile.</source>
        <translation>这是在一个已不存在的服务配置下创建的，因此没有发送任何内容。请在其他服务配置下重新开始。</translation>
    </message>
    <message>
        <source>Something went wrong in the app</source>
        <translation>应用出现了问题</translation>
    </message>
    <message>
        <source>This is a fault of Beatra Desktop, not yours. What was saved is safe. Try again, and report the details if it happens twice.</source>
        <translation>这是 Beatra Desktop 的错误，与你无关。已保存的内容是安全的。请重试；如果再次发生，请报告详情。</translation>
    </message>
    <message>
        <source>The song was not deleted</source>
        <translation>歌曲未删除</translation>
    </message>
    <message>
        <source>The file of {subject} could not be moved to the trash, so the song stays in the library. Close programs that use the file, then delete it again.</source>
        <translation>无法将{subject}的文件移入回收站，因此歌曲仍在资料库中。请关闭正在使用该文件的程序，然后再次删除。</translation>
    </message>
    <message>
        <source>The song&apos;s file stays in the trash folder</source>
        <translation>歌曲的文件仍在回收站文件夹中</translation>
    </message>
    <message>
        <source>{subject} is in the library again and plays, but its file could not be moved back. The app tries again at its next start.</source>
        <translation>{subject}已回到资料库并可播放，但文件无法移回原处。应用会在下次启动时重试。</translation>
    </message>
    <message>
        <source>The song stays in the app&apos;s trash</source>
        <translation>歌曲仍在应用的回收站中</translation>
    </message>
    <message>
        <source>{subject} could not be handed to the trash of this computer. It can still be restored, and is erased when its 30 days are over.</source>
        <translation>无法将{subject}移入本机的回收站。它仍可恢复，30 天后清除。</translation>
    </message>
    <message>
        <source>This file can&apos;t be played</source>
        <translation>无法播放此文件</translation>
    </message>
    <message>
        <source>{subject} holds no sound this app can read, so nothing was changed. Choose the song&apos;s own file, or download the song again.</source>
        <translation>{subject}中没有本应用可读取的声音，因此没有做任何更改。请选择歌曲本身的文件，或重新下载歌曲。</translation>
    </message>
    <message>
        <source>The song was not converted</source>
        <translation>歌曲未转换</translation>
    </message>
    <message>
        <source>{subject} could not be read, or not be written there. The song itself is untouched and no unfinished file is left. Choose another folder, or download the song again.</source>
        <translation>无法读取{subject}，或无法写入该位置。歌曲本身未受影响，也没有留下未完成的文件。请选择其他文件夹，或重新下载歌曲。</translation>
    </message>
    <message>
        <source>The chat was not exported</source>
        <translation>对话未导出</translation>
    </message>
    <message>
        <source>The file can&apos;t be read</source>
        <translation>无法读取文件</translation>
    </message>
    <message>
        <source>{subject} was moved, removed, or may not be read by you. Nothing was imported. Check the file, then import it again.</source>
        <translation>{subject}已被移动、删除，或你没有读取权限。没有导入任何内容。请检查文件，然后再次导入。</translation>
    </message>
    <message>
        <source>There are no chats in this file</source>
        <translation>此文件中没有对话</translation>
    </message>
    <message>
        <source>{subject} is neither an export of Beatra Desktop nor one of ChatGPT. Nothing was imported. Choose such a zip or JSON file.</source>
        <translation>{subject}既不是 Beatra Desktop 的导出文件，也不是 ChatGPT 的。没有导入任何内容。请选择这样的 zip 或 JSON 文件。</translation>
    </message>
    <message>
        <source>The file is damaged</source>
        <translation>文件已损坏</translation>
    </message>
    <message>
        <source>{subject} ends too early or is broken inside. Nothing was imported. Download or copy it once more, then import it again.</source>
        <translation>{subject}不完整或内部损坏。没有导入任何内容。请重新下载或复制，然后再次导入。</translation>
    </message>
    <message>
        <source>The file is from a newer version</source>
        <translation>文件来自更新的版本</translation>
    </message>
    <message>
        <source>{subject} was written by a newer Beatra Desktop than this one. Nothing was imported. Update the app, then import it again.</source>
        <translation>{subject}由更新版本的 Beatra Desktop 写成。没有导入任何内容。请更新应用，然后再次导入。</translation>
    </message>
    <message>
        <source>The file is too large</source>
        <translation>文件太大</translation>
    </message>
    <message>
        <source>{subject} holds more than this app reads, so it may not be what it seems. Nothing was imported. Choose another file.</source>
        <translation>{subject}的内容超出本应用的读取上限，可能并非表面所示的文件。没有导入任何内容。请选择其他文件。</translation>
    </message>
    <message>
        <source>The file is not safe to open</source>
        <translation>打开此文件不安全</translation>
    </message>
    <message>
        <source>{subject} holds names that point outside of it, which no export does. Nothing was imported. Choose another file.</source>
        <translation>{subject}包含指向文件之外的名称，正常的导出文件不会这样。没有导入任何内容。请选择其他文件。</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>{subject} has no contents, so it was not sent. Choose another file.</source>
        <translation>{subject}没有内容，因此没有发送。请选择其他文件。</translation>
    </message>
    <message>
        <source>{subject} is larger than the 100&#xa0;MB the service takes, so it was not sent. Choose a smaller file.</source>
        <translation>{subject}超过服务接受的 100&#xa0;MB 上限，因此没有发送。请选择更小的文件。</translation>
    </message>
    <message>
        <source>{subject} was moved, removed, or may not be read by you. Nothing was sent. Check the file, then try again.</source>
        <translation>{subject}已被移动、删除，或你没有读取权限。没有发送任何内容。请检查文件，然后重试。</translation>
    </message>
    <message>
        <source>The file is not there any more</source>
        <translation>文件已不存在</translation>
    </message>
    <message>
        <source>{subject} was moved or removed, so it was not sent. Put it back and try again, or choose another file.</source>
        <translation>{subject}已被移动或删除，因此没有发送。请放回原处后重试，或选择其他文件。</translation>
    </message>
    <message>
        <source>The file may not be read</source>
        <translation>没有文件读取权限</translation>
    </message>
    <message>
        <source>You have no permission to read {subject}, so it was not sent. Change its permissions, then try again.</source>
        <translation>你没有读取{subject}的权限，因此没有发送。请更改其权限，然后重试。</translation>
    </message>
    <message>
        <source>The file is not what its name says</source>
        <translation>文件与其名称不符</translation>
    </message>
    <message>
        <source>What is in {subject} does not fit its ending, so it was not sent. Give it the right ending, or choose another file.</source>
        <translation>{subject}的内容与扩展名不符，因此没有发送。请改正扩展名，或选择其他文件。</translation>
    </message>
    <message>
        <source>Not on this computer</source>
        <translation>不在本机上</translation>
    </message>
    <message>
        <source>{subject} is a link, so nothing was sent. Save what it leads to on this computer, then add that file.</source>
        <translation>{subject}是一个链接，因此没有发送任何内容。请将其指向的内容保存到本机，再添加该文件。</translation>
    </message>
    <message>
        <source>The file has changed</source>
        <translation>文件已更改</translation>
    </message>
    <message>
        <source>{subject} is not the file you added any more, so it was not sent. Add it again to send it as it is now.</source>
        <translation>{subject}已不是你添加时的文件，因此没有发送。重新添加即可发送当前版本。</translation>
    </message>
    <message>
        <source>This type of file does not work here</source>
        <translation>此处不支持这种文件</translation>
    </message>
    <message>
        <source>{subject} can&apos;t be a reference: the service takes MP3, WAV and FLAC. Choose such a file.</source>
        <translation>{subject}不能用作参考：服务接受 MP3、WAV 和 FLAC。请选择这样的文件。</translation>
    </message>
    <message>
        <source>Not a file</source>
        <translation>不是文件</translation>
    </message>
    <message>
        <source>{subject} is a folder, a link to a web page or something else that can&apos;t be sent. Choose a file on this computer.</source>
        <translation>{subject}是文件夹、网页链接或其他无法发送的内容。请选择本机上的文件。</translation>
    </message>
</context>
<context>
    <name>export_words</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Instructions for the model</source>
        <translation>给模型的指令</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Begun on {date}.</source>
        <translation>开始于 {date}。</translation>
    </message>
    <message>
        <source>Exported from Beatra Desktop on {date}.</source>
        <translation>于 {date} 从 Beatra Desktop 导出。</translation>
    </message>
    <message>
        <source>Incomplete: the answer was cut off before its end.</source>
        <translation>不完整：回答未结束就中断了。</translation>
    </message>
    <message>
        <source>Stopped: the answer was ended before it was complete.</source>
        <translation>已停止：回答在完成前被停止。</translation>
    </message>
    <message>
        <source>Failed: no answer came. {reason}</source>
        <translation>失败：没有收到回答。{reason}</translation>
    </message>
    <message>
        <source>Unknown: it was not clear whether the service received this.</source>
        <translation>未知：不确定服务是否收到了它。</translation>
    </message>
    <message>
        <source>Unfinished: the answer was still coming when this was exported.</source>
        <translation>未完成：导出时回答仍在进行。</translation>
    </message>
    <message>
        <source>Branch {number} of {of}</source>
        <translation>分支 {number} / {of}</translation>
    </message>
    <message>
        <source>going on from message {message}</source>
        <translation>接自消息 {message}</translation>
    </message>
    <message>
        <source>Picture: {text}</source>
        <translation>图片：{text}</translation>
    </message>
</context>
<context>
    <name>file_text</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>已上传</translation>
    </message>
    <message>
        <source>Used in</source>
        <translation>用于</translation>
    </message>
    <message>
        <source>Uploaded at</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>服务配置</translation>
    </message>
    <message>
        <source>Rights confirmed</source>
        <translation>权利确认时间</translation>
    </message>
    <message>
        <source>Artifact id</source>
        <translation>素材 ID</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>丢失</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>服务端缺失</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>The service knows this file no more, and it is not where it was on this computer. Put it back there to upload it again.</source>
        <translation>服务已不再保留此文件，它也不在本机的原位置。请放回原处以便重新上传。</translation>
    </message>
    <message>
        <source>The service knows this file no more. Your file is still here: upload it again.</source>
        <translation>服务已不再保留此文件。你的文件还在：请重新上传。</translation>
    </message>
    <message>
        <source>The file is not where it was on this computer. What was uploaded can still be used.</source>
        <translation>文件不在本机的原位置。已上传的内容仍可使用。</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>参考</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>{ending} audio</source>
        <translation>{ending} 音频</translation>
    </message>
    <message>
        <source>{ending} picture</source>
        <translation>{ending} 图片</translation>
    </message>
    <message>
        <source>{ending} video</source>
        <translation>{ending} 视频</translation>
    </message>
    <message>
        <source>{ending} text</source>
        <translation>{ending} 文本</translation>
    </message>
    <message>
        <source>{n} songs</source>
        <translation>{n} 首歌</translation>
    </message>
    <message>
        <source>Used in {songs}</source>
        <translation>用于 {songs}</translation>
    </message>
    <message>
        <source>Gone at the service since</source>
        <translation>服务端不再保留的时间</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>请求 ID</translation>
    </message>
    <message>
        <source>Songs</source>
        <translation>歌曲</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>filter_bar</name>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最旧在前</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>最长在前</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Instrumental</source>
        <translation>纯音乐</translation>
    </message>
    <message>
        <source>File is missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>{size}/s</source>
        <translation>{size}/秒</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n}%</translation>
    </message>
    <message>
        <source>under 1 min left</source>
        <translation>剩余不到 1 分钟</translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation>剩余约 {n} 分钟</translation>
    </message>
    <message>
        <source>about {n} h left</source>
        <translation>剩余约 {n} 小时</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>{n} 分钟前</translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <translation>昨天 {time}</translation>
    </message>
    <message>
        <source>today {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>{amount} credits</source>
        <translation>{amount} 积分</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>hint_text</name>
    <message>
        <source>This model takes up to {limit} characters here.</source>
        <translation>此模型在这里最多接受 {limit} 个字符。</translation>
    </message>
    <message>
        <source>With a reference, write at least {limit} characters.</source>
        <translation>使用参考时，请至少写 {limit} 个字符。</translation>
    </message>
    <message>
        <source>The model wants a title. Without one, “{title}” is sent.</source>
        <translation>此模型需要标题。如果留空，将发送“{title}”。</translation>
    </message>
    <message>
        <source>Custom mode needs lyrics, or an instrumental.</source>
        <translation>自定义模式需要歌词，或选择纯音乐。</translation>
    </message>
    <message>
        <source>A song with vocals needs lyrics, or let the model write them.</source>
        <translation>有人声的歌曲需要歌词，也可让模型来写。</translation>
    </message>
    <message>
        <source>Suno takes your own lyrics in custom mode only.</source>
        <translation>Suno 只在自定义模式下使用你自己的歌词。</translation>
    </message>
    <message>
        <source>Turn it on: what you chose below counts in custom mode only.</source>
        <translation>请开启：你在下面的选择只在自定义模式下有效。</translation>
    </message>
    <message>
        <source>Counts with a reference recording only.</source>
        <translation>仅在使用参考录音时有效。</translation>
    </message>
    <message>
        <source>This model makes no instrumental from a reference.</source>
        <translation>此模型不能根据参考录音生成纯音乐。</translation>
    </message>
    <message>
        <source>This model writes no lyrics to a reference.</source>
        <translation>此模型不会为参考录音写词。</translation>
    </message>
    <message>
        <source>The service does not take this as it is.</source>
        <translation>服务不接受当前的内容。</translation>
    </message>
    <message>
        <source>The service refused this: {message}</source>
        <translation>服务拒绝了：{message}</translation>
    </message>
    <message>
        <source>up to {n} minutes</source>
        <translation>最长 {n} 分钟</translation>
    </message>
    <message>
        <source>from {least} seconds up to {n} minutes</source>
        <translation>{least} 秒至 {n} 分钟</translation>
    </message>
    <message>
        <source>up to {n}&#xa0;MB</source>
        <translation>最大 {n}&#xa0;MB</translation>
    </message>
    <message>
        <source>FLAC, MP3 or WAV</source>
        <translation>FLAC、MP3 或 WAV</translation>
    </message>
</context>
<context>
    <name>imported_text</name>
    <message>
        <source>1 was already here.</source>
        <translation>1 个已存在。</translation>
    </message>
    <message>
        <source>{n} were already here.</source>
        <translation>{n} 个已存在。</translation>
    </message>
    <message>
        <source>1 could not be read ({why}).</source>
        <translation>1 个无法读取（{why}）。</translation>
    </message>
    <message>
        <source>{n} could not be read ({why}).</source>
        <translation>{n} 个无法读取（{why}）。</translation>
    </message>
    <message>
        <source>You stopped it; import the file again to go on.</source>
        <translation>你停止了导入；再次导入该文件即可继续。</translation>
    </message>
    <message>
        <source>No chat was imported.</source>
        <translation>没有导入任何对话。</translation>
    </message>
    <message>
        <source>1 chat is imported.</source>
        <translation>已导入 1 个对话。</translation>
    </message>
    <message>
        <source>{n} chats are imported.</source>
        <translation>已导入 {n} 个对话。</translation>
    </message>
    <message>
        <source>The chat is already here.</source>
        <translation>该对话已存在。</translation>
    </message>
    <message>
        <source>All {n} chats are already here.</source>
        <translation>全部 {n} 个对话均已存在。</translation>
    </message>
    <message>
        <source>Nothing is new.</source>
        <translation>没有新内容。</translation>
    </message>
</context>
<context>
    <name>key_store_text</name>
    <message>
        <source>This computer offers no safe key store.</source>
        <translation>本机没有安全的密钥库。</translation>
    </message>
    <message>
        <source>The key store is locked.</source>
        <translation>密钥库已锁定。</translation>
    </message>
    <message>
        <source>The key store refused the app.</source>
        <translation>密钥库拒绝了本应用。</translation>
    </message>
    <message>
        <source>The key store did not answer; it may be showing a password prompt.</source>
        <translation>密钥库没有响应，可能正在显示密码提示。</translation>
    </message>
    <message>
        <source>The key store has no keyring to put keys in.</source>
        <translation>密钥库中没有可存放密钥的密钥环。</translation>
    </message>
    <message>
        <source>The key store that is set up does not keep keys safely.</source>
        <translation>当前设置的密钥库不能安全地保存密钥。</translation>
    </message>
    <message>
        <source>The settings of Python&apos;s keyring name a key store that is not there.</source>
        <translation>Python keyring 的设置指定了一个不存在的密钥库。</translation>
    </message>
    <message>
        <source>Install or start GNOME Keyring or KWallet, then test again.</source>
        <translation>请安装或启动 GNOME Keyring 或 KWallet，然后再次测试。</translation>
    </message>
    <message>
        <source>Unlock it, then test again.</source>
        <translation>请将其解锁，然后再次测试。</translation>
    </message>
    <message>
        <source>Allow Beatra Desktop in the key store&apos;s settings, then test again.</source>
        <translation>请在密钥库设置中允许 Beatra Desktop，然后再次测试。</translation>
    </message>
    <message>
        <source>Answer its password prompt, then test again.</source>
        <translation>请回应其密码提示，然后再次测试。</translation>
    </message>
    <message>
        <source>Test again and agree when it asks to make one, or make a default keyring in the system&apos;s program for passwords.</source>
        <translation>请再次测试并同意创建密钥环，或在系统的密码程序中创建默认密钥环。</translation>
    </message>
    <message>
        <source>It writes them to a plain file or forgets them. Set up GNOME Keyring or KWallet instead, then test again.</source>
        <translation>它会将密钥写入普通文件，或不予保留。请改用 GNOME Keyring 或 KWallet，然后再次测试。</translation>
    </message>
    <message>
        <source>Correct PYTHON_KEYRING_BACKEND or keyringrc.cfg, start the app anew and test again.</source>
        <translation>请更正 PYTHON_KEYRING_BACKEND 或 keyringrc.cfg，重新启动应用后再次测试。</translation>
    </message>
</context>
<context>
    <name>model_entries</name>
    <message>
        <source>Available</source>
        <translation>可用</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>计划中</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>images</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>audio</source>
        <translation>音频</translation>
    </message>
    <message>
        <source>video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Use “{id}”</source>
        <translation>使用“{id}”</translation>
    </message>
    <message>
        <source>As a model&apos;s id, as it is typed.</source>
        <translation>按输入内容作为模型 ID。</translation>
    </message>
    <message>
        <source>Not listed now</source>
        <translation>目前未列出</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Auto (the service chooses)</source>
        <translation>自动（由服务选择）</translation>
    </message>
    <message>
        <source>The service chooses a model for each message.</source>
        <translation>服务会为每条消息选择模型。</translation>
    </message>
    <message>
        <source>{price} per {unit}</source>
        <translation>{price}/{unit}</translation>
    </message>
    <message>
        <source>takes {what}</source>
        <translation>支持{what}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>notice_text</name>
    <message>
        <source>{reason} The key works until you quit and is written nowhere. Settings say how to keep it.</source>
        <translation>{reason}密钥在你退出之前有效，不会写入任何位置。设置中说明了如何保存它。</translation>
    </message>
    <message>
        <source>“{title}” is archived.</source>
        <translation>“{title}”已归档。</translation>
    </message>
    <message>
        <source>“{title}” is deleted.</source>
        <translation>“{title}”已删除。</translation>
    </message>
    <message>
        <source>The chats of “{title}” are in “{name}” now.</source>
        <translation>“{title}”中的对话现在在“{name}”中。</translation>
    </message>
    <message>
        <source>The chats of “{title}” are in no folder now.</source>
        <translation>“{title}”中的对话现在不在任何文件夹中。</translation>
    </message>
    <message>
        <source>Songs not saved yet: {count}. The service may keep them only for a limited time. Saving them costs nothing.</source>
        <translation>尚未保存的歌曲：{count}。服务可能只保留一段时间。保存不收费。</translation>
    </message>
    <message>
        <source>A link into the app was not followed: it names nothing that can be opened. Nothing was changed.</source>
        <translation>未打开指向应用的链接：它没有指明可打开的内容。没有做任何更改。</translation>
    </message>
    <message>
        <source>A link into the app leads to something that is not on this computer, or in the trash.</source>
        <translation>指向应用的链接所指的内容不在本机上，或在回收站中。</translation>
    </message>
    <message>
        <source>“{name}” is saved.</source>
        <translation>“{name}”已保存。</translation>
    </message>
    <message>
        <source>Version {version} of Beatra Desktop is there. You have an older one.</source>
        <translation>Beatra Desktop 版本 {version} 已发布。你使用的是较旧的版本。</translation>
    </message>
    <message>
        <source>The app&apos;s data was damaged. {rows} entries were saved into a new file; the damaged one is kept as {kept}.</source>
        <translation>应用的数据曾损坏。已将 {rows} 条记录保存到新文件；损坏的文件保留为 {kept}。</translation>
    </message>
    <message>
        <source>The app&apos;s data is as it was {when}: the copy of then took the place of the damaged file, which is kept as {kept}.</source>
        <translation>应用数据已恢复到 {when} 的状态：当时的副本取代了损坏的文件，损坏的文件保留为 {kept}。</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show songs</source>
        <translation>显示歌曲</translation>
    </message>
    <message>
        <source>Show release notes</source>
        <translation>显示版本说明</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>设置…</translation>
    </message>
</context>
<context>
    <name>parameter_text</name>
    <message>
        <source>So high, answers often fall apart.</source>
        <translation>过高时，回答往往会变得混乱。</translation>
    </message>
    <message>
        <source>At 0 only the likeliest word is ever taken.</source>
        <translation>为 0 时只取可能性最大的词。</translation>
    </message>
    <message>
        <source>Write a number from 1 up.</source>
        <translation>请输入不小于 1 的数字。</translation>
    </message>
    <message>
        <source>Answers will break off after a few words.</source>
        <translation>回答会在几个词之后中断。</translation>
    </message>
    <message>
        <source>Only the first {n} are used; the others stay here.</source>
        <translation>只使用前 {n} 个，其余的保留在这里。</translation>
    </message>
    <message>
        <source>A line of blanks ends answers at the first blank.</source>
        <translation>如果有一行全是空格，回答会在第一个空格处结束。</translation>
    </message>
    <message>
        <source>Write a number from 0 to {highest}.</source>
        <translation>请输入 0 到 {highest} 之间的数字。</translation>
    </message>
    <message>
        <source>Write a whole number.</source>
        <translation>请输入整数。</translation>
    </message>
    <message>
        <source>Write at most {n} digits.</source>
        <translation>最多输入 {n} 位数字。</translation>
    </message>
    <message>
        <source>{words} Until then the service chooses.</source>
        <translation>{words}在此之前由服务决定。</translation>
    </message>
</context>
<context>
    <name>pictures</name>
    <message>
        <source>Picture {time}.png</source>
        <translation>图片 {time}.png</translation>
    </message>
</context>
<context>
    <name>preflight_text</name>
    <message>
        <source>Looking at the files…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <source>Looking at the files… {n} so far</source>
        <translation>正在查看文件…目前 {n} 个</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>There is no file to send in there.</source>
        <translation>其中没有可发送的文件。</translation>
    </message>
    <message>
        <source>One file ({size}) will be sent.</source>
        <translation>将发送一个文件（{size}）。</translation>
    </message>
    <message>
        <source>{n} files ({size}) will be sent.</source>
        <translation>将发送 {n} 个文件（{size}）。</translation>
    </message>
    <message>
        <source>This can&apos;t be sent:</source>
        <translation>无法发送：</translation>
    </message>
    <message>
        <source>None of these {n} can be sent:</source>
        <translation>这 {n} 个都无法发送：</translation>
    </message>
    <message>
        <source>{n} of {total} files will be sent. {rest} stay here:</source>
        <translation>将发送 {n} 个文件，共 {total} 个。{rest} 个留在这里：</translation>
    </message>
    <message>
        <source>{n} of {total} files will be sent. One stays here:</source>
        <translation>将发送 {n} 个文件，共 {total} 个。一个留在这里：</translation>
    </message>
    <message>
        <source>A hidden or system file was passed over.</source>
        <translation>已跳过一个隐藏或系统文件。</translation>
    </message>
    <message>
        <source>{n} hidden or system files were passed over.</source>
        <translation>已跳过 {n} 个隐藏或系统文件。</translation>
    </message>
    <message>
        <source>{n} more are too many for one drop and were left out. Drop them by themselves.</source>
        <translation>另有 {n} 个超出一次拖放的数量，未包含在内。请单独拖放。</translation>
    </message>
</context>
<context>
    <name>price_text</name>
    <message>
        <source>1 clip</source>
        <translation>1 首曲目</translation>
    </message>
    <message>
        <source>{n} clips</source>
        <translation>{n} 首曲目</translation>
    </message>
    <message>
        <source>{price}. What fails or is canceled is refunded.</source>
        <translation>{price}。失败或取消的会退还。</translation>
    </message>
    <message>
        <source>about {credits}</source>
        <translation>约 {credits}</translation>
    </message>
    <message>
        <source>{n} songs × {each} = {sum}</source>
        <translation>{n} 首歌 × {each} = {sum}</translation>
    </message>
    <message>
        <source>{n} songs, about {low} to {high}, as the models picked cost</source>
        <translation>{n} 首歌，约 {low} 至 {high}，取决于所选模型</translation>
    </message>
    <message>
        <source>about {low} or {high}, as the model picked costs</source>
        <translation>约 {low} 或 {high}，取决于所选模型</translation>
    </message>
    <message>
        <source>about {low} to {high}, as the model picked costs</source>
        <translation>约 {low} 至 {high}，取决于所选模型</translation>
    </message>
    <message>
        <source>the service picks the model</source>
        <translation>由服务选择模型</translation>
    </message>
    <message>
        <source>the catalogue names none</source>
        <translation>目录没有给出价格</translation>
    </message>
    <message>
        <source>Price unknown: {why}.</source>
        <translation>价格未知：{why}。</translation>
    </message>
    <message>
        <source>{n} songs, price unknown: {why}.</source>
        <translation>{n} 首歌，价格未知：{why}。</translation>
    </message>
</context>
<context>
    <name>profile_name</name>
    <message>
        <source>Sandbox</source>
        <translation>沙盒</translation>
    </message>
</context>
<context>
    <name>refusal_text</name>
    <message>
        <source>The disk that holds {path} is full. Everything saved before is safe. Free some space, then try again.</source>
        <translation>存放 {path} 的磁盘已满。之前保存的内容都安全。请腾出一些空间，然后重试。</translation>
    </message>
    <message>
        <source>The database {path} can only be read. Everything saved before is safe. Make the file and its folder writable, then try again.</source>
        <translation>数据库 {path} 只能读取。之前保存的内容都安全。请让该文件及其文件夹可以写入，然后重试。</translation>
    </message>
    <message>
        <source>Another program is using the database {path}. Everything saved before is safe. Close that program, then try again.</source>
        <translation>另一个程序正在使用数据库 {path}。之前保存的内容都安全。请关闭那个程序，然后重试。</translation>
    </message>
    <message>
        <source>The database {path} is damaged. The file was left as it is. Save what can still be read of it, or go back to a copy.</source>
        <translation>数据库 {path} 已损坏。文件保持原样。可以保存其中还能读取的内容，或者恢复到一份副本。</translation>
    </message>
    <message>
        <source>The database {path} was last used by a newer version of Beatra Desktop (it has schema {found}, this version knows up to {known}). Nothing was changed. Install the newer version, or start with --data-dir and another folder.</source>
        <translation>数据库 {path} 上次由更新版本的 Beatra Desktop 使用（其结构为 {found}，本版本只认识到 {known}）。没有做任何更改。请安装较新的版本，或者用 --data-dir 指定另一个文件夹启动。</translation>
    </message>
    <message>
        <source>The database {path} can&apos;t be opened for writing. Nothing was changed. Make the file and its folder writable, or start with --data-dir and another folder.</source>
        <translation>无法以写入方式打开数据库 {path}。没有做任何更改。请让该文件及其文件夹可以写入，或者用 --data-dir 指定另一个文件夹启动。</translation>
    </message>
    <message>
        <source>The path {path} is too long for the database. Nothing was changed. Start with --data-dir and a folder with a shorter path.</source>
        <translation>路径 {path} 对数据库来说太长。没有做任何更改。请用 --data-dir 指定一个路径较短的文件夹启动。</translation>
    </message>
    <message>
        <source>The disk that holds {path} reports an error ({detail}). Everything saved before is kept as far as the disk still gives it back. Check the disk and make a copy of the file.</source>
        <translation>存放 {path} 的磁盘报告了错误（{detail}）。只要磁盘还能读出，之前保存的内容就都还在。请检查磁盘，并为该文件做一份副本。</translation>
    </message>
    <message>
        <source>One change could not be saved because of a mistake in Beatra Desktop ({detail}). Everything else is saved. Please report it with the log file.</source>
        <translation>由于 Beatra Desktop 的错误，有一处更改未能保存（{detail}）。其他内容都已保存。请附上日志文件报告此问题。</translation>
    </message>
    <message>
        <source>Beatra Desktop can&apos;t write to the folder {folder}: {reason}. Nothing was changed. Make the folder writable, or start with --data-dir and another folder.</source>
        <translation>Beatra Desktop 无法写入文件夹 {folder}：{reason}。没有做任何更改。请让该文件夹可以写入，或者用 --data-dir 指定另一个文件夹启动。</translation>
    </message>
    <message>
        <source>There is no profile named “{name}”. Start without --profile to choose one.</source>
        <translation>没有名为“{name}”的服务配置。请不带 --profile 启动后再选择。</translation>
    </message>
    <message>
        <source>Beatra Desktop is already open with the folder {folder}, but does not answer. Nothing was changed. Close it, or start with --data-dir and another folder.</source>
        <translation>Beatra Desktop 已在使用文件夹 {folder}，但没有响应。没有做任何更改。请将其关闭，或用 --data-dir 指定其他文件夹启动。</translation>
    </message>
    <message>
        <source>There is no screen to open a window on, so nothing was started. Start Beatra Desktop from a desktop, or add --tour and a folder to have pictures of it drawn there.</source>
        <translation>没有可显示窗口的屏幕，因此没有启动。请从桌面启动 Beatra Desktop，或加上 --tour 和一个文件夹，把界面图片绘制到其中。</translation>
    </message>
    <message>
        <source>Beatra Desktop offers both when it is started on a screen.</source>
        <translation>在有屏幕的环境中启动 Beatra Desktop 时，两种方式均可选择。</translation>
    </message>
    <message>
        <source>The tour can&apos;t write to the folder {folder}: {reason}. Nothing was played. Choose another folder for the pictures.</source>
        <translation>导览无法写入文件夹 {folder}：{reason}。没有播放任何内容。请为图片选择其他文件夹。</translation>
    </message>
</context>
<context>
    <name>song</name>
    <message>
        <source>File is missing</source>
        <translation>文件缺失</translation>
    </message>
    <message>
        <source>{n} of 5 stars</source>
        <translation>{n} 星（共 5 星）</translation>
    </message>
    <message>
        <source>not rated</source>
        <translation>未评分</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation>在回收站中</translation>
    </message>
    <message>
        <source>1 song</source>
        <translation>1 首歌</translation>
    </message>
    <message>
        <source>{n} songs</source>
        <translation>{n} 首歌</translation>
    </message>
</context>
<context>
    <name>status_line</name>
    <message>
        <source>The service can’t be reached. It goes on by itself when it can.</source>
        <translation>无法连接服务。恢复后会自动继续。</translation>
    </message>
    <message>
        <source>Everything new is paused. It goes on when you resume.</source>
        <translation>所有新请求均已暂停，继续后才会发出。</translation>
    </message>
    <message>
        <source>Attempt {n} of {of} in {left}, as the same request: {reason}</source>
        <translation>{left}后进行第 {n} 次尝试（共 {of} 次），仍为同一请求：{reason}</translation>
    </message>
    <message>
        <source>Attempt {n} of {of} in {left}, as the same request.</source>
        <translation>{left}后进行第 {n} 次尝试（共 {of} 次），仍为同一请求。</translation>
    </message>
    <message>
        <source>It waits for your word that you may use this recording. Go to it to answer.</source>
        <translation>正在等你确认有权使用这段录音。请前往答复。</translation>
    </message>
    <message>
        <source>Written while offline. It costs credits, so it waits for you.</source>
        <translation>离线时创建的。它会消耗积分，因此等你确认。</translation>
    </message>
    <message>
        <source>The service can’t be reached. When it can, it goes on, or asks first.</source>
        <translation>无法连接服务。恢复后会继续，或先征求你的同意。</translation>
    </message>
</context>
<context>
    <name>task_notes</name>
    <message>
        <source>Not saved yet, and its link ends in {time}.</source>
        <translation>尚未保存，链接将在 {time} 后失效。</translation>
    </message>
    <message>
        <source>Not saved yet, and its link has ended. A new one is asked for.</source>
        <translation>尚未保存，链接已失效。正在请求新链接。</translation>
    </message>
    <message>
        <source>Not saved for {hours} h. The service may keep it only for a limited time.</source>
        <translation>已有 {hours} 小时未保存。服务可能只保留一段时间。</translation>
    </message>
    <message>
        <source>It was finished before it could be canceled, so it is charged as usual.</source>
        <translation>它在取消之前已完成，因此照常收费。</translation>
    </message>
    <message>
        <source>It was never sent, so it cost nothing.</source>
        <translation>从未发送，因此没有费用。</translation>
    </message>
    <message>
        <source>The service says that it is done, but delivered no song.</source>
        <translation>服务表示已完成，但没有交付歌曲。</translation>
    </message>
    <message>
        <source>The model usually makes {expected} songs; this time it made {came}.</source>
        <translation>该模型通常生成 {expected} 首歌，这次生成了 {came} 首。</translation>
    </message>
    <message>
        <source>{amount} came back to your account.</source>
        <translation>{amount} 已退还到你的账户。</translation>
    </message>
    <message>
        <source>The service has not reported the refund yet.</source>
        <translation>服务尚未报告退还情况。</translation>
    </message>
    <message>
        <source>The service remarks: {text}</source>
        <translation>服务附注：{text}</translation>
    </message>
</context>
<context>
    <name>task_text</name>
    <message>
        <source>Not sent yet, waits for you</source>
        <translation>尚未发送，等你确认</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>In the making</source>
        <translation>生成中</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Canceled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>Outcome unknown</source>
        <translation>结果未知</translation>
    </message>
    <message>
        <source>no network</source>
        <translation>没有网络</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Waiting for download</source>
        <translation>等待下载</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>正在下载</translation>
    </message>
    <message>
        <source>Checking the file</source>
        <translation>正在检查文件</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Cancel asked for, may still be finished</source>
        <translation>已请求取消，但仍可能完成</translation>
    </message>
    <message>
        <source>Could not be canceled, goes on</source>
        <translation>无法取消，继续进行</translation>
    </message>
    <message>
        <source>Checking whether it was made</source>
        <translation>正在检查是否已生成</translation>
    </message>
    <message>
        <source>{saved} of {all} saved</source>
        <translation>已保存 {saved} / {all}</translation>
    </message>
    <message>
        <source>{n} deleted</source>
        <translation>已删除 {n} 首</translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation>用时 {time}</translation>
    </message>
    <message>
        <source>about {amount}</source>
        <translation>约 {amount}</translation>
    </message>
    <message>
        <source>{amount} back</source>
        <translation>退还 {amount}</translation>
    </message>
    <message>
        <source>longer than usual</source>
        <translation>比平时更久</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩余 {time}</translation>
    </message>
    <message>
        <source>usually {time}</source>
        <translation>通常 {time}</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} / {all}</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>It could not be canceled and goes on.</source>
        <translation>无法取消，将继续进行。</translation>
    </message>
    <message>
        <source>Clip {title}</source>
        <translation>曲目 {title}</translation>
    </message>
    <message>
        <source>variation {place}</source>
        <translation>变体 {place}</translation>
    </message>
    <message>
        <source>for {time}</source>
        <translation>已用 {time}</translation>
    </message>
    <message>
        <source>Task id</source>
        <translation>任务 ID</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>请求 ID</translation>
    </message>
    <message>
        <source>Idempotency key</source>
        <translation>幂等键</translation>
    </message>
    <message>
        <source>State at the service</source>
        <translation>服务端状态</translation>
    </message>
    <message>
        <source>Model asked</source>
        <translation>请求的模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Charged</source>
        <translation>已扣费</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>已退还</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Last looked</source>
        <translation>最近查询</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Artifact id</source>
        <translation>素材 ID</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
</context>
<context>
    <name>transcript_menu</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>复制为</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>富文本</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Copy message as</source>
        <translation>消息复制为</translation>
    </message>
    <message>
        <source>Select message</source>
        <translation>选择消息</translation>
    </message>
</context>
<context>
    <name>upload_deeds</name>
    <message>
        <source>Use as reference</source>
        <translation>用作参考</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Stop retrying</source>
        <translation>停止重试</translation>
    </message>
    <message>
        <source>Send first</source>
        <translation>优先发送</translation>
    </message>
    <message>
        <source>Send earlier</source>
        <translation>提前发送</translation>
    </message>
    <message>
        <source>Send later</source>
        <translation>推后发送</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy artifact id</source>
        <translation>复制素材 ID</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>移出列表</translation>
    </message>
</context>
<context>
    <name>upload_text</name>
    <message>
        <source>Checking the file</source>
        <translation>正在检查文件</translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>等待你的答复</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>Uploaded</source>
        <translation>已上传</translation>
    </message>
    <message>
        <source>Not uploaded</source>
        <translation>未上传</translation>
    </message>
    <message>
        <source>Canceled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Nobody knows yet</source>
        <translation>尚不确定</translation>
    </message>
    <message>
        <source>Waiting for the network</source>
        <translation>等待网络</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Reference audio</source>
        <translation>参考音频</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Confirming</source>
        <translation>确认中</translation>
    </message>
    <message>
        <source>Already uploaded, reused</source>
        <translation>已上传过，直接使用</translation>
    </message>
    <message>
        <source>Checking {percent}</source>
        <translation>正在检查 {percent}</translation>
    </message>
    <message>
        <source>{sent} of {size}</source>
        <translation>{sent} / {size}</translation>
    </message>
    <message>
        <source>Attempt {attempt} of {of} in {countdown}</source>
        <translation>{countdown}后第 {attempt} 次尝试（共 {of} 次）</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>用途</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Artifact id</source>
        <translation>素材 ID</translation>
    </message>
    <message>
        <source>Request id</source>
        <translation>请求 ID</translation>
    </message>
    <message>
        <source>Idempotency key</source>
        <translation>幂等键</translation>
    </message>
    <message>
        <source>Uploaded at</source>
        <translation>上传时间</translation>
    </message>
    <message>
        <source>Rights confirmed</source>
        <translation>权利确认时间</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>{size} ({bytes} bytes)</source>
        <translation>{size}（{bytes} 字节）</translation>
    </message>
</context>
</TS>
