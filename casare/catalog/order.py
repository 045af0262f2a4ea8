"""The order in which people meet node types: categories as they are needed, in each the common types first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

CATEGORIES: Final = (
    *("flow", "variables", "data", "text", "maths", "dates", "files", "documents", "network", "system"),
    *("database", "browser", "desktop", "mail", "messaging", "google", "models", "scripts", "triggers", "notes"),
)

_COMMON: Final = """
Start End If Switch ForLoopStart ForLoopEnd WhileLoopStart WhileLoopEnd ParallelForEach Pipeline Break Continue Merge
Fork Join Try Catch Finally Retry RetrySuccess RetryFail OnError ErrorRecovery ThrowError Assert LogError Log Wait
Comment Reroute Subflow SubflowEntry SubflowExit SubflowInput SubflowOutput CallSubworkflow ExecuteWorkflow

SetVariable GetVariable IncrementVariable

Transform Validate CreateList ListGetItem ListLength ListAppend ListContains ListSlice ListSort ListFilter ListMap
ListReduce ListJoin ListUnique ListReverse ListFlatten ShuffleList RandomChoice CreateDict DictGet DictSet DictRemove
DictHasKey DictMerge DictKeys DictValues DictItems GetProperty JsonParse DictToJson DataCompare ListSuper DictSuper

FormatString Concatenate TextReplace TextSplit TextJoin TextTrim TextCase TextSubstring TextContains TextStartsWith
TextEndsWith TextCount TextLines TextPad TextReverse RegexMatch RegexReplace TextExtract FuzzyStringMatch
FilterBySimilarity Base64 RandomString RandomUUID UUIDGenerator TextSuper

MathOperation Comparison RandomNumber

GetCurrentDateTime FormatDateTime ParseDateTime DateTimeAdd DateTimeDiff DateTimeCompare GetTimestamp

ReadFile WriteFile AppendFile FileExists ListFiles ListDirectory CreateDirectory CopyFile MoveFile DeleteFile ReadCSV
WriteCSV ReadJSONFile WriteJSONFile ZipFiles UnzipFiles ImageConvert QRCode GetFileInfo GetFileSize Checksum FileWatcher
FileSystemSuper StructuredDataSuper

ParseXML ReadXMLFile WriteXMLFile XPathQuery GetXMLElement GetXMLAttribute XMLToJson JsonToXML ReadPDFText GetPDFInfo
MergePDFs SplitPDF ExtractPDFPages PDFToImages ExcelOpen ExcelReadCell ExcelWriteCell ExcelGetRange ExcelClose WordOpen
WordGetText WordReplaceText WordAddText WordClose

HttpRequest HttpGet HttpPost HttpPut HttpPatch HttpDelete HttpDownloadFile HttpUploadFile BuildUrl SetHttpHeaders
HttpAuth ParseJsonResponse HttpSuper WebhookNotify OAuth2Authorize OAuth2CallbackServer OAuth2TokenExchange
OAuth2TokenValidate FTPConnect FTPUpload FTPDownload FTPList FTPGetSize FTPRename FTPDelete FTPMakeDir FTPRemoveDir
FTPDisconnect

RunCommand EnvironmentVariable SystemInfo LogToFile ProcessList ProcessKill AssertSystem

DatabaseConnect ExecuteQuery ExecuteNonQuery ExecuteBatch BeginTransaction CommitTransaction RollbackTransaction
CloseDatabase TableExists GetTableColumns DatabaseSuper

MessageBox ConfirmDialog InputDialog MultilineInputDialog ListPickerDialog DateTimePickerDialog ColorPickerDialog
FilePickerDialog FolderPickerDialog CredentialDialog FormDialog ClipboardCopy ClipboardPaste ClipboardClear
SystemNotification

SendEmail ReadEmails FilterEmails GetEmailContent SaveAttachment MarkEmail MoveEmail DeleteEmail EmailSuper

LLMCompletion LLMChat PromptTemplate LLMSummarize LLMTranslate LLMClassify LLMExtractData AICondition AISwitch RAG
Embedding VectorStoreAdd VectorSearch VectorStoreDelete

RunPythonScript RunPythonFile EvalExpression RunJavaScript RunBatchScript RunPowerShell

ScheduleTrigger FileWatchTrigger WebhookTrigger FormTrigger EmailTrigger RSSFeedTrigger SSETrigger StartupTrigger
ErrorTrigger
"""

PLACES: Final = {f"{name}Node": place for place, name in enumerate(_COMMON.split())}
"""Where the built-in types stand, by id. A type that is not here comes after those of its category."""

_CATEGORY_PLACES: Final = {name: place for place, name in enumerate(CATEGORIES)}


def in_order(types: Iterable[tuple[str, str]]) -> list[str]:
    """Return the ids of `types` (id, category) in the order of the palette; unknown ones in the order they came."""

    def place(one: tuple[str, str]) -> tuple[int, int]:
        return _CATEGORY_PLACES.get(one[1], len(CATEGORIES)), PLACES.get(one[0], len(PLACES))

    return [type_id for type_id, _ in sorted(types, key=place)]


def categories_in_order(categories: Iterable[str]) -> list[str]:
    """Return each of `categories` once, in the order of the palette; unknown ones last."""
    return sorted(dict.fromkeys(categories), key=lambda name: _CATEGORY_PLACES.get(name, len(CATEGORIES)))
