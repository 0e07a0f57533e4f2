import type { ErrorCode } from '../error-codes.js';

/** English words for each error. `{name}` stands for a detail of the error. */
export const en: Record<ErrorCode, string> = {
  'REQUEST.INVALID': 'The request cannot be understood. Check: {fields}.',
  'REQUEST.TOO_LARGE': 'The request is larger than 1 MiB.',
  'REQUEST.NOT_FOUND': 'There is nothing at this address.',
  'REQUEST.METHOD_NOT_ALLOWED': 'This address does not accept that method.',
  'REQUEST.UNSUPPORTED_MEDIA_TYPE': 'Send the body as application/json.',
  'REQUEST.CROSS_SITE': 'This request came from another site and was refused.',
  'REQUEST.RATE_LIMITED': 'Too many requests. Try again in {retryAfterSeconds} s.',
  'SERVER.ERROR':
    'Something went wrong on our side. Try again; if it stays, tell your administrator the request id.',
  'SERVER.DATABASE_UNAVAILABLE': 'The database cannot be reached. Try again in a few seconds.',
  'SERVER.STORAGE_UNAVAILABLE':
    'The server cannot store anything right now. Tell an administrator.',
  'SERVER.STOPPING': 'The server is restarting. Try again in a few seconds.',
  'AUTH.REQUIRED': 'Sign in to continue.',
  'AUTH.INVALID_CREDENTIALS': 'Username or password is wrong.',
  'AUTH.SESSION_ENDED': 'Your session ended. Sign in again.',
  'AUTH.TOO_MANY_ATTEMPTS': 'Too many attempts. Try again in {retryAfterSeconds} s.',
  'AUTH.FORBIDDEN': 'Only an administrator can do this.',
  'AUTH.PERSON_REQUIRED': 'Only a person who signed in can do this, not a program.',
  'AUTH.PASSWORD_CHANGE_REQUIRED': 'Choose a new password first.',
  'AUTH.WRONG_PASSWORD': 'The current password is wrong.',
  'SETUP.DONE': 'Prosa already has an administrator. Sign in.',
  'SETUP.CODE_REQUIRED': 'Give the setup code that the server printed when it started.',
  'USER.NOT_FOUND': 'This person does not exist.',
  'USER.USERNAME_TAKEN': 'This username is taken.',
  'USER.USERNAME_INVALID':
    'In a username, use 2 to 64 letters without accents, digits, dots, dashes, underscores or @.',
  'USER.PASSWORD_TOO_SHORT': 'Use at least {minimum} characters in a password.',
  'USER.PASSWORD_TOO_LONG': 'Use at most {maximum} characters in a password.',
  'USER.PASSWORD_TOO_COMMON': 'This password is among the most common ones. Choose another.',
  'USER.PASSWORD_UNCHANGED': 'The new password is the same as the current one.',
  'USER.LAST_ADMINISTRATOR': 'Prosa needs at least one active administrator.',
  'CONVERSATION.NOT_FOUND': 'This conversation does not exist.',
  'CONVERSATION.DELETED': 'This conversation is in the trash. Restore it first.',
  'POST.NOT_FOUND': 'This message does not exist.',
  'POST.PROMPT_EMPTY': 'Write something first.',
  'POST.PROMPT_TOO_LONG': 'The message has {length} characters; the limit is {maximum}.',
  'POST.WINDOW_EXCEEDED':
    'The message alone exceeds what the model can read by about {excess} tokens. Shorten it or choose another model.',
  'POST.STILL_ANSWERING': 'This message is still being answered.',
  'POST.NOTHING_TO_CONTINUE': 'This answer is complete; there is nothing to continue.',
  'SUMMARY.NOT_FOUND': 'This summary does not exist.',
  'POST.BRANCH_TOO_LONG':
    'Up to here the conversation has more than {maximum} messages. Branch from an earlier one.',
  'COMMAND.NOT_FOUND': 'This command does not exist.',
  'COMMAND.NAME_INVALID':
    'A command’s name has 1 to 32 letters, digits and hyphens, and does not begin with a hyphen.',
  'COMMAND.NAME_TAKEN': 'There is a command of this name already. Choose another name.',
  'COMMAND.TOO_MANY': 'There are {maximum} commands already. Delete one first.',
  'COMMAND.PROMPT_TOO_LONG':
    'With the text of the command, the message has {length} characters; the limit is {maximum}.',
  'COLLECTION.NOT_FOUND': 'This collection does not exist.',
  'COLLECTION.READ_ONLY': 'You may read this collection, but not change it.',
  'COLLECTION.DELETED': 'This collection is in the trash. Restore it first.',
  'COLLECTION.TOO_MANY': 'You have {maximum} collections already. Delete one first.',
  'COLLECTION.FULL': 'There are {maximum} documents in this collection. Start another one.',
  'COLLECTION.NO_ROOM':
    'There is no room left for this: the documents of a collection’s owner may take {mb} MB, with what is in the trash. Delete some permanently first.',
  'DOCUMENT.NOT_FOUND': 'This document does not exist.',
  'DOCUMENT.DELETED': 'This document is in the trash. Restore it first.',
  'DOCUMENT.FILE_EXPECTED': 'Send one file as multipart/form-data, in the field “file”.',
  'DOCUMENT.ADDRESS_INVALID':
    'This is not the address of a web page. It begins with http:// or https://.',
  'DOCUMENT.KIND': 'That cannot be done with a document of this kind.',
  'DOCUMENT.IN_PROGRESS': 'This document is being prepared. Wait until it is ready.',
  'DOCUMENT.NOT_FAILED': 'This document has not failed: there is nothing to try again.',
  'DOCUMENT.TOO_MANY_WAITING':
    'There are {maximum} of your documents still being prepared. Add more when some are ready.',
  'PASSAGE.NOT_FOUND': 'This passage is not kept any more.',
  'DOCUMENT.SAME': 'The same file is in this collection already.',
  'DOCUMENT.EMPTY': 'There is nothing in this file.',
  'DOCUMENT.TYPE':
    'Prosa cannot read this kind of file. It reads PDF, DOCX, PPTX, XLSX, CSV, HTML, Markdown and plain text.',
  'DOCUMENT.TOO_BIG': 'This file is larger than {mb} MB.',
  'DOCUMENT.ENCRYPTED':
    'This file is protected by a password. Save it without one and add it again.',
  'DOCUMENT.NO_TEXT':
    'There is no text in this file. If it is a scan, only the picture of the text is in it, and Prosa does not recognise text in pictures (OCR).',
  'DOCUMENT.BOMB':
    'This file unpacks into far more than a document holds, and was not opened. Save it anew in the program it was made with.',
  'DOCUMENT.DAMAGED': 'This file is damaged or incomplete. Open it, save it anew and try again.',
  'DOCUMENT.TOO_SLOW':
    'Reading this file took too long and was stopped. Split it into smaller files.',
  'DOCUMENT.TOO_LARGE_TO_READ':
    'This file takes too much memory to be read. Split it into smaller files.',
  'DOCUMENT.UNREACHABLE': 'The page at {host} could not be read ({why}).',
  'DOCUMENT.PRIVATE':
    'The address {host} leads into a private network, which Prosa does not open. An administrator can allow it (FETCH_ALLOW).',
  'DOCUMENT.PAGE_TYPE': 'What is at {host} is not a page or a text that Prosa can read.',
  'DOCUMENT.FAILED':
    'This document could not be prepared. Try again; if it stays, tell an administrator.',
  'USAGE.DAYS_REVERSED': 'The first day (from: {from}) is after the last (to: {to}).',
  'USAGE.TOO_MANY_DAYS':
    'From {from} to {to} there are {days} days; the limit is {maximum}. Check: from, to.',
  'USAGE.TOO_MANY_ROWS':
    'There are more than {maximum} rows. Ask for fewer days or by less, or download the file.',
  'GUARDRAIL.POLICY_NOT_FOUND': 'This version of the guardrails does not exist.',
  'GUARDRAIL.POLICY_INVALID': 'The files of this policy hold mistakes: see where, line by line.',
  'GUARDRAIL.POLICY_PUBLISHED':
    'This version has been published, and stays so that it can be published again.',
  'GUARDRAIL.TOO_MANY_PROMPTS': 'The file holds more than {most} prompts.',
  'GUARDRAIL.NO_PROMPT':
    'Line {line} is no prompt: a JSON object with a text of at most 200,000 characters is needed.',
  'RUN.KEY_REUSED': 'This Idempotency-Key was already used for another request.',
  'RUN.KEY_INVALID': 'An Idempotency-Key has 1 to 200 visible ASCII characters.',
  'RUN.TOO_MANY':
    'There is no room for one more answer at the same time: the limit is {maximum}. Wait for one to end or stop one.',
  'RUN.INTERRUPTED':
    'The answer was interrupted. What had arrived was kept: continue or regenerate it.',
  'RUN.STILL_ANSWERING':
    'The answer is taking long and goes on without you. Ask again with the same Idempotency-Key, or read the message later.',
  'GUARDRAIL.BLOCKED': 'The safety rules held the message back. It was neither stored nor sent.',
  'GUARDRAIL.ANSWER_BLOCKED': 'The safety rules stopped the answer.',
  'GUARDRAIL.NOT_STORED':
    'The message was held back and not stored: there is nothing to ask again. Write another.',
  'GUARDRAIL.FAILED':
    'The safety rules could not be checked. Nothing was shown or sent. Try again.',
  'GUARDRAIL.TOO_LONG':
    'The safety rules cannot judge a message this long as a whole. Nothing was stored or sent. Shorten it, or send it in parts.',
  'LIMIT.NOT_FOUND': 'This limit does not exist.',
  'LIMIT.REQUESTS': 'The limit of questions is reached. Ask again when it is renewed.',
  'LIMIT.TOKENS':
    'The limit of tokens leaves no room for this answer. Ask again when it is renewed.',
  'LIMIT.BUDGET': 'The budget leaves no room for this answer. Ask again when it is renewed.',
  'LIMIT.UNPRICED':
    'The price of this model is not known, and a budget must be kept. Choose another model, or ask an administrator to enter its price.',
  'MODEL.UNKNOWN': 'There is no model “{model}”.',
  'MODEL.UNAVAILABLE': 'The model is not available right now. Try again or choose another model.',
  'MODEL.UNAUTHORIZED': 'The model’s provider refused our key. An administrator must check it.',
  'MODEL.RATE_LIMITED': 'The model’s provider is overloaded. Try again in a moment.',
  'MODEL.BUSY': 'Too many questions wait for this model already. Try again in a moment.',
  'MODEL.NOT_FOUND': 'The provider does not know this model. An administrator must check its name.',
  'MODEL.OVERFLOW':
    'The conversation does not fit the model. Start a new one or choose another model.',
  'MODEL.TIMEOUT': 'The model took too long. Try again.',
  'MODEL.UNREACHABLE':
    'The model’s provider cannot be reached. Try again or tell an administrator.',
  'MODEL.BAD_ANSWER': 'The model’s provider answered something that cannot be understood.',
  'MODEL.CUT_SHORT':
    'The answer was cut short. What had arrived was kept: continue or regenerate it.',
  'MODEL.FILTERED': 'The model’s provider withheld this answer.',
  'MODEL.EMPTY': 'The model answered nothing. Try again.',
  'MODEL.LENGTH': 'The answer reached its longest allowed length. Continue it to read on.',
  'MODEL.NOT_INSTALLED':
    'This model runs on the server itself, which lacks the packages for it. An administrator can add them and restart.',
  'MODEL.FILE_MISSING':
    'The files of this model are not on the server. An administrator must put them there.',
  'MODEL.FILE_INVALID':
    'The files of this model are incomplete, damaged or not of a model. An administrator must get them again.',
  'MODEL.NAME_UNKNOWN':
    'This is no model that Prosa can run by itself. An administrator must correct its name.',
  'MODEL.SETTING_INVALID':
    'A setting of this model cannot be used. An administrator must correct it.',
  'MODEL.MISCONFIGURED':
    'The settings of this model have a mistake. An administrator finds it in the server’s log.',
  'DOWNLOAD.NAME_INVALID':
    'Models of the hub are called owner/name, or owner/name/file.gguf for one file: “{name}” is neither.',
  'DOWNLOAD.BUSY': 'Another model is being downloaded. Wait for it, or cancel it.',
  'DOWNLOAD.NOT_UNDER_WAY': 'This download has ended already.',
  'DOWNLOAD.NOT_HERE': 'There is no model {name} in the folder models.',
  'DOWNLOAD.OFFLINE':
    'The server cannot reach {hub}. Check its way to the internet (or HF_ENDPOINT); what has arrived is kept.',
  'DOWNLOAD.NOT_FOUND':
    'The hub shows nobody a model {name}. Check the name; a private one needs a token in HF_TOKEN.',
  'DOWNLOAD.NO_SUCH_FILE': 'There is no file {file} in {name}.',
  'DOWNLOAD.TOKEN_NEEDED':
    'Only who has accepted its licence is given {name}. Accept it on {hub}, and give your token to Prosa as HF_TOKEN.',
  'DOWNLOAD.TOKEN_REFUSED': 'The token in HF_TOKEN was refused by {hub}. Make a new one there.',
  'DOWNLOAD.GATED':
    'The owner of HF_TOKEN is not given {name}. Accept its licence on its page at {hub}, and try again.',
  'DOWNLOAD.RATE_LIMITED':
    'The hub {hub} asks to wait for {retryAfterSeconds} s before the next download. What has arrived is kept.',
  'DOWNLOAD.HUB_FAILED':
    'The hub {hub} failed (HTTP {status}). Try again later; what has arrived is kept.',
  'DOWNLOAD.BAD_ANSWER':
    'What answered is no hub of models. Check HF_ENDPOINT, and whether a proxy stands between.',
  'DOWNLOAD.CUT_SHORT':
    'The connection broke again and again. What has arrived is kept: download again to go on from there.',
  'DOWNLOAD.CHECKSUM':
    'The file {file} did not arrive as the hub has it, and was deleted. Download it again.',
  'DOWNLOAD.NOT_RUNNABLE':
    'There is nothing in {name} that Prosa can run: no GGUF file, and no ONNX export of a T5. Look for one whose name ends in GGUF.',
  'DOWNLOAD.NOT_A_MODEL':
    'The file {file} is not a model that Prosa can run, though it arrived as the hub has it. It was deleted.',
  'DOWNLOAD.DISK_FULL':
    'There is not enough room on the disk of DATA_DIR: {neededMb} MB are needed, {freeMb} MB are free.',
  'DOWNLOAD.FOLDER': 'Prosa cannot write into the folder models of DATA_DIR ({reason}).',
};
