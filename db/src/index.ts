export { countActiveAdministrators, lockAdministration } from './administration.js';
export { NOW_SQL, secondsAgoSql, secondsAheadSql } from './clock.js';
export { lockCounting, shareCounting } from './counting.js';
export { databaseLoad, type DatabaseLoad } from './database-load.js';
export { databaseTarget, type DatabaseTarget } from './database-target.js';
export {
  driverCode,
  isDatabaseAway,
  isDuplicate,
  isOrphan,
  isTransient,
  takesNoWriting,
} from './driver-errors.js';
export { type Engine, engineOf } from './engine.js';
export { Chunk } from './entities/chunk.entity.js';
export {
  CollectionShare,
  SHARE_ROLES,
  type ShareRole,
} from './entities/collection-share.entity.js';
export {
  Collection,
  COLLECTION_VISIBILITIES,
  type CollectionVisibility,
} from './entities/collection.entity.js';
export { Command } from './entities/command.entity.js';
export {
  Conversation,
  CONVERSATION_STATUSES,
  type ConversationStatus,
} from './entities/conversation.entity.js';
export { ConversationMask } from './entities/conversation-mask.entity.js';
export {
  DocumentVersion,
  VERSION_STATUSES,
  type VersionStatus,
} from './entities/document-version.entity.js';
export {
  BEING_DELETED,
  Document,
  DOCUMENT_KINDS,
  type DocumentKind,
} from './entities/document.entity.js';
export { Feedback } from './entities/feedback.entity.js';
export {
  GuardrailEvent,
  RAIL_ACTIONS,
  RAIL_OUTCOMES,
  RAIL_STAGES,
  type RailAction,
  type RailOutcome,
  type RailStage,
} from './entities/guardrail-event.entity.js';
export {
  GuardrailPolicy,
  POLICY_SOURCES,
  type PolicySource,
} from './entities/guardrail-policy.entity.js';
export { GuardrailPublication } from './entities/guardrail-publication.entity.js';
export { GuardrailReplay } from './entities/guardrail-replay.entity.js';
export { INGEST_JOB_KINDS, IngestJob, type IngestJobKind } from './entities/ingest-job.entity.js';
export { LimitCounter } from './entities/limit-counter.entity.js';
export {
  Limit,
  LIMIT_MEASURES,
  LIMIT_PERIODS,
  type LimitMeasure,
  type LimitPeriod,
} from './entities/limit.entity.js';
export { PostPart } from './entities/post-part.entity.js';
export { PostSource } from './entities/post-source.entity.js';
export { Post, POST_STATUSES, type PostStatus } from './entities/post.entity.js';
export { Process } from './entities/process.entity.js';
export { RefreshToken } from './entities/refresh-token.entity.js';
export { Reservation } from './entities/reservation.entity.js';
export { Run, RUN_KINDS, type RunKind } from './entities/run.entity.js';
export { Session } from './entities/session.entity.js';
export { Summary } from './entities/summary.entity.js';
export { TrainingPair } from './entities/training-pair.entity.js';
export { USAGE_GRAINS, type UsageGrain, UsageHour } from './entities/usage-hour.entity.js';
export { Usage, type UsagePurpose } from './entities/usage.entity.js';
export { type Role, ROLES, SERVICE_ROLE, User } from './entities/user.entity.js';
export { WebAnswer } from './entities/web-answer.entity.js';
export { WebCount } from './entities/web-count.entity.js';
export { DatabaseUnfitError } from './open-failure.rules.js';
export { openDatabase, openForReading } from './open-database.js';
export type { OldPerson, WorkshopRules } from './workshop/workshop-rules.js';
export { mayReadCollection } from './readable-collections.js';
export { LONGEST_COMMIT, storeParts, type UnstoredPart } from './post-parts.js';
export {
  indexEntry,
  postsWithWords,
  removeFromIndex,
  searchCondition,
  type SearchEntry,
} from './search/search-index.js';
export {
  type CandidateQuery,
  type ChunkCandidate,
  chunkCandidates,
  type ChunkScope,
  inScope,
  readableChunks,
  wordsOfChunks,
} from './search/chunk-candidates.js';
export {
  type IndexedChunk,
  indexChunks,
  removeChunks,
  removeSomeChunks,
  removeWords,
  reviseChunks,
} from './search/chunk-index.js';
export { CHUNK_FIELDS, type ChunkField, type ChunkWords } from './search/chunk-words.rules.js';
export { placed } from './search/placed.rules.js';
export { copyWords, indexCopies, wordsAreKept } from './search/copied-entries.js';
export { stemEnglish, stemPortuguese, type Stemmer } from './search/language/stemming.rules.js';
export { ENGLISH_STOP_WORDS, PORTUGUESE_STOP_WORDS } from './search/language/stop-words.js';
export {
  type AskedTerm,
  askedTerms,
  stemsFor,
  wordsAlike,
} from './search/language/asked-terms.rules.js';
export { plainWords, type Term, termsOf } from './search/language/text-words.rules.js';
export { fold, wordsOf } from './search/search-words.rules.js';
export { FolderInUseError, lockFolder } from './sqlite/folder-lock.js';
export { forUpdate, inCopyingTransaction, inTransaction } from './transaction.js';
