/**
 * The rows of the one file, as the migrations make them (tests/database/schema.test.ts holds the two together).
 * Inside a tenant no row shows its tenant: the handle adds it (tenant-binding.ts).
 */

import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

/** SQLite's boolean. */
export type Flag = 0 | 1

export interface SettingRow {
  key: string
  value: string
}

export interface TenantRow {
  id: Id
  slug: string
  name: string
  timezone: string
  language: string
  settings: string
  createdAt: Instant
  version: number
  disabledAt: Instant | null
  enabledAt: Instant | null
}

export interface UserRow {
  id: Id
  username: string
  passwordHash: string | null
  email: string | null
  firstName: string
  lastName: string
  level: "agent" | "supervisor" | "campaign_manager" | "tenant_admin" | "platform_admin"
  language: string
  maxConversations: number
  isolated: Flag
  outbound: Flag
  mayEditCustomers: Flag
  enabled: Flag
  createdAt: Instant
  version: number
  loginType: "password" | "ldap" | "external"
  externalId: string | null
  deletedAt: Instant | null
  oneTimeUntil: Instant | null
}

export interface SessionRow {
  tokenHash: Uint8Array
  user: Id
  csrfToken: string
  createdAt: Instant
  lastSeenAt: Instant
  address: string | null
  browser: string | null
  provedAt: Instant
}

export interface SignInStepRow {
  tokenHash: Uint8Array
  user: Id
  passwordHash: string
  factorPassed: Flag
  language: string | null
  next: string
  startedAt: Instant
}

export interface PasswordResetRow {
  tokenHash: Uint8Array
  user: Id
  askedAt: Instant
}

export interface SecondFactorRow {
  user: Id
  secret: Uint8Array
  confirmedAt: Instant | null
  lastStep: number
}

export interface RecoveryCodeRow {
  user: Id
  codeHash: Uint8Array
}

export interface PasskeyRow {
  id: Id
  user: Id
  credential: Uint8Array
  publicKey: Uint8Array
  counter: number
  transports: string
  name: string
  addedAt: Instant
  lastUsedAt: Instant | null
  stoppedAt: Instant | null
}

export interface PasskeyAnswerRow {
  questionHash: Uint8Array
  answeredAt: Instant
}

export interface LoginThrottleRow {
  key: string
  failures: number
  lastFailureAt: Instant
}

export interface SkillsetRow {
  id: Id
  name: string
  createdAt: Instant
  version: number
  strategy: "least_loaded" | "longest_idle" | "round_robin" | "manual"
  priority: number
  deletedAt: Instant | null
}

export interface SkillsetOverflowRow {
  skillset: Id
  overflowTo: Id
  afterSeconds: number
}

export interface SkillsetMemberRow {
  skillset: Id
  user: Id
}

export interface AgentRow {
  user: Id
  status: "ready" | "back_office" | "break"
  statusSince: Instant
  statusBy: Id | null
  link: "live" | "lost" | "gone"
  linkSince: Instant
  load: number
  maximum: number
  idleSince: Instant
  lastTurn: Id
  missedOffers: number
  statusReason: "missed_offers" | null
}

export interface ChannelRow {
  id: Id
  name: string
  phoneNumberId: string
  displayPhoneNumber: string
  wabaId: string
  accessToken: Uint8Array
  appSecret: Uint8Array
  verifyToken: Uint8Array
  hours: string
  enabled: Flag
  holdReason: string | null
  heldSince: Instant | null
  createdAt: Instant
  version: number
  timezone: string | null
  settings: string
  verifiedAt: Instant | null
}

export interface ChannelHeardRow {
  channel: Id
  hour: Instant
  at: Instant
}

export interface ChannelCheckRow {
  channel: Id
  at: Instant
  findings: string
}

export interface ForcedHoursRow {
  channel: Id
  state: "open" | "closed"
  since: Instant
  until: Instant
  setBy: Id
}

export interface PresenceChangeRow {
  id: Id
  user: Id
  at: Instant
  part: "status" | "link"
  was: string
  became: string
  setBy: Id | null
  reason: string
}

export interface ChannelSkillsetRow {
  channel: Id
  position: number
  skillset: Id
}

/** On the earth; kept with the places after the point. */
export type Degrees = number

export interface LocationRow {
  id: Id
  name: string
  address: string
  latitude: Degrees
  longitude: Degrees
  version: number
}
export interface PredefinedMessageRow {
  id: Id
  category: string
  title: string
  language: string
  text: string
  choices: string | null
  enabled: Flag
}

export interface TemplateRow {
  id: Id
  wabaId: string
  metaId: string | null
  name: string
  language: string
  category: string
  status: string
  quality: string | null
  rejectedReason: string | null
  parameterFormat: "named" | "positional"
  components: string
  enabled: Flag
  fills: string
  task: "create" | "edit" | "delete" | null
  draft: string | null
  tries: number
  nextAttemptAt: Instant | null
  problem: string | null
  problemDetails: string | null
  changedAt: Instant
  version: number
}

export interface TemplateSyncRow {
  wabaId: string
  nextAttemptAt: Instant
  runningSince: Instant | null
  syncedAt: Instant | null
  tries: number
  count: number
  problem: string | null
  problemDetails: string | null
}

export interface TemplateFileRow {
  id: Id
  user: Id
  file: Id
  kind: "image" | "video" | "document"
  type: string
  name: string
  uploadedAt: Instant
}

export interface ProfilingTreeRow {
  id: Id
  name: string
  /** Since when no number may be given it. */
  retiredAt: number | null
}

export interface ProfilingReasonRow {
  id: Id
  tree: Id
  parent: Id | null
  title: string
  position: number
  mayStop: Flag
  retiredAt: Instant | null
}

export interface ChannelProfilingRow {
  channel: Id
  tree: Id
}

export interface ConversationProfilingRow {
  id: Id
  conversation: Id
  at: Instant
  reason: Id | null
  path: string | null
  notes: string | null
}

export interface CallRow {
  id: Id
  conversation: Id
  startedBy: Id
  tokenHash: Uint8Array
  startedAt: Instant
  linkUntil: Instant
  state: "waiting" | "joined" | "left" | "ended"
  joinedAt: Instant | null
  agentGoneAt: Instant | null
  endedAt: Instant | null
  ended: "by_agent" | "missed" | "customer_gone" | "agent_gone" | "conversation_closed" | null
}

export interface CallTemplateRow {
  name: string
}
export interface CallServersRow {
  urls: string
  secret: Uint8Array | null
}

export interface BrandRow {
  name: string | null
  accent: string | null
  logoType: string | null
  logoHash: string | null
  logoWidth: number | null
  logoHeight: number | null
  logo: Uint8Array | null
}

export interface SpeechEngineRow {
  kind: "off" | "server" | "device" | "cloud"
  url: string
  model: string
  languages: string
  key: Uint8Array | null
}

export interface DictationLanguageRow {
  user: Id
  customer: Id
  language: string
}

export interface DictationNoticeRow {
  user: Id
  confirmedAt: Instant
}

export interface MenuRow {
  channel: Id
  revision: Id
  document: string
}

export interface MenuVisitRow {
  id: Id
  conversation: Id
  revision: Id
  path: string
  titles: string
  wrongAnswers: number
  askedAt: Instant
  endsAt: Instant
}

export interface CustomerRow {
  id: Id
  whatsappUserId: string | null
  phone: string | null
  username: string | null
  profileName: string | null
  name: string | null
  otherPhone: string | null
  email: string | null
  language: string | null
  createdAt: Instant
  version: number
  /** As it is shown, without accents and case. */
  sortName: string
  /** Every name and number, without accents and case. */
  searched: string
  /** 0: there has been no conversation. */
  lastOpenedAt: Instant
  /** Everything of them is going: nobody finds them any more. */
  erasingSince: Instant | null
}

export interface CustomerImportRow {
  id: Id
  at: Instant
  author: Id
  /** Of the file. */
  name: string
  file: Id | null
  size: number
  state: "reading" | "mapping" | "checking" | "checked" | "running" | "paused" | "done" | "cancelled" | "failed"
  reading: string | null
  preview: string | null
  mapping: string
  country: string | null
  overwrites: Flag
  erases: Flag
  total: number | null
  next: number
  created: number
  changed: number
  unchanged: number
  refused: number
  failure: string | null
  endedAt: Instant | null
}

export interface CustomerImportProblemRow {
  id: Id
  import: Id
  row: number
  heading: string
  given: string
  reason: string
  detail: string
  cells: string | null
}

export interface ImportedCustomerRow {
  customer: Id
  import: Id
}

export interface CustomerJoinRow {
  id: Id
  kept: Id
  joined: Id
  at: Instant
  actor: Id
  before: string
  after: string
  endedAt: Instant | null
}

export interface JoinedConversationRow {
  conversation: Id
  address: Id
  isMixed: Flag
}

export interface CustomerPropertyRow {
  id: Id
  name: string
  kind: "text" | "number" | "date" | "choice" | "yes_no"
  choices: string
  position: number
  enabled: Flag
  version: number
}

export interface CustomerPropertyChannelRow {
  property: Id
  channel: Id
}

export interface CustomerValueRow {
  customer: Id
  property: Id
  value: string
}

export interface CustomerChangeRow {
  id: Id
  customer: Id
  at: Instant
  field: string
  was: string
  became: string
  actor: Id | null
}

export interface CustomerBlockRow {
  customer: Id
  at: Instant
  actor: Id
  reason: string
}

export interface ConsentChangeRow {
  id: Id
  customer: Id
  at: Instant
  choice: "out" | "in"
  how: "word" | "whatsapp" | "by_hand"
  words: string
  actor: Id | null
}

export interface TagRow {
  id: Id
  name: string
  folded: string
  tone: "plain" | "ok" | "info" | "warn" | "bad"
  /** Since when it is offered no more. */
  retiredAt: number | null
}

export interface ConversationTagRow {
  conversation: Id
  tag: Id
}

export interface CustomerTagRow {
  customer: Id
  tag: Id
}

export interface NoteRow {
  id: Id
  conversation: Id
  at: Instant
  author: Id
  text: string
  mentioned: string
  clientId: string
}

/** How far the words of messages, of notes and the names of customers are in their index. */
export interface WordIndexingRow {
  source: "message" | "note" | "customer"
  indexedTo: Id
}

/** Whatever was said, as the index of words knows it: a view over messages and notes. */
export interface WordingRow {
  id: Id
  source: "message" | "note"
  conversation: Id
  at: Instant
  words: string
}

/** Where and when what is in the index of words was said. */
export interface WordOriginRow {
  id: Id
  conversation: Id
  at: Instant
}

/**
 * The full-text index: its columns are only matched, never read, and `rowid` is a place (places.ts). Named in a tenant's
 * statement it is narrowed to the tenant's stretch of places (tenant-binding.ts). `wordIndex` and `rank` carry its commands.
 */
export interface WordIndexRow {
  rowid: Id
  conversation: string
  words: string
  wordIndex: string
  rank: number
}

/** The same of what customers are called, three letters at a time. */
export interface NameIndexRow {
  rowid: Id
  searched: string
  nameIndex: string
  rank: number
}

/** The words of the index by column, with how many pieces of text have each. */
export interface WordTermRow {
  term: string
  col: "conversation" | "words"
  doc: number
}

export interface ConversationRow {
  id: Id
  customer: Id
  channel: Id
  state: "menu" | "queued" | "offered" | "active" | "parked" | "awaiting_reply" | "closed"
  owner: Id | null
  skillset: Id | null
  priority: number
  targetUser: Id | null
  exclusive: Flag
  parkedAs: "public" | "personal" | null
  waitingSince: Instant | null
  offeredUntil: Instant | null
  stateSince: Instant
  openedAt: Instant
  closedAt: Instant | null
  closedBy: Id | null
  windowEndsAt: Instant | null
  lastInboundAt: Instant | null
  lastOutboundAt: Instant | null
  unreadCount: number
  unreadSince: Instant | null
  version: number
  rank: number | null
  joined: number
  awaySince: Instant | null
  alertedAt: Instant | null
  remindedFor: Instant | null
  keptSince: Instant | null
  warnedFor: Instant | null
  onScreenUntil: Instant | null
}

export interface ConversationOverflowRow {
  skillset: Id
  rank: number
  conversation: Id
}

export interface MessageRow {
  id: Id
  conversation: Id
  channel: Id
  direction: "in" | "out"
  kind: string
  at: Instant
  text: string
  content: string | null
  status:
    | "received"
    | "queued"
    | "sending"
    | "sent"
    | "delivered"
    | "read"
    | "played"
    | "failed"
    | "uncertain"
    | "held"
    | "discarded"
  wamid: string | null
  clientId: string | null
  author: Id | null
  replyToWamid: string | null
  receivedAt: Instant | null
  readByAgentAt: Instant | null
  readByAgent: Id | null
  queuedAt: Instant | null
  sentAt: Instant | null
  deliveredAt: Instant | null
  readAt: Instant | null
  playedAt: Instant | null
  failedAt: Instant | null
  failureCode: number | null
  failureReason: string | null
  failureDetails: string | null
  attempt: number
  nextAttemptAt: Instant | null
  bootId: string | null
}

export interface EarlyStatusRow {
  wamid: string
  status: string
  at: Instant
  item: string
}

export interface ReadReceiptRow {
  conversation: Id
  channel: Id
  wamid: string
  attempt: number
  nextAttemptAt: Instant
}

export interface EventRow {
  id: Id
  conversation: Id
  at: Instant
  kind: string
  actor: Id | null
  data: string
}

export interface TimerRow {
  subject: Id
  kind: string
  at: Instant
  faults: number
}

export interface EnvelopeRow {
  id: Id
  digest: Uint8Array
  receivedAt: Instant
  body: Uint8Array
}

export interface QuarantineRow {
  id: Id
  envelope: Id
  phoneNumberId: string | null
  reason: string
  item: string
  at: Instant
}

export interface ChannelNoticeRow {
  id: Id
  channel: Id | null
  field: string
  item: string
  at: Instant
}

export interface NoticeRow {
  id: Id
  user: Id
  kind: string
  data: string
  at: Instant
  seenAt: Instant | null
}

export interface AutomaticMessageRow {
  channel: Id
  kind: string
  language: string
  text: string
  isOn: Flag
}

export interface AutomaticMessageSaidRow {
  channel: Id
  kind: string
  customer: Id
  saidAt: Instant
  endsAt: Instant | null
}

export interface MediaFileRow {
  id: Id
  sha256: Uint8Array | null
  size: number
  type: string | null
  width: number | null
  height: number | null
  createdAt: Instant
  scan: "waiting" | "clean" | "infected" | "unscanned" | null
  scanTries: number
  scanAt: Instant | null
  scanSays: string | null
}

/** A view: where the appliance's virus scanner listens. */
export interface VirusScannerRow {
  address: string | null
}

export interface PartialUploadRow {
  id: Id
  user: Id
  conversation: Id
  clientId: string
  file: Id | null
  size: number
  attempt: number
  startedAt: Instant
}

export interface MediaChunkRow {
  file: Id
  position: number
  bytes: Uint8Array
}

export interface MediaRow {
  message: Id
  state: "waiting" | "fetching" | "here" | "failed" | "expired"
  reason: string | null
  file: Id | null
  name: string | null
  declaredType: string | null
  mediaId: string | null
  claimedSha256: string | null
  tries: number
  nextAttemptAt: Instant | null
  expiresAt: Instant | null
}

export interface MediaUploadRow {
  file: Id
  channel: Id
  type: string
  mediaId: string
  uploadedAt: Instant
}

export interface ReportCounterRow {
  grain: "hour" | "day" | "month" | "clock"
  dimension: "channel" | "skillset" | "agent" | "reason"
  measure: string
  start: number
  member: Id
  value: number
}

export interface ReportTallyRow {
  conversation: Id
  countedTo: Id
  closedAt: Instant | null
  tally: string
}

export interface ReportPresenceRow {
  user: Id
  countedTo: Id
  status: "ready" | "back_office" | "break"
  isThere: Flag
  since: Instant
}

export interface RetentionRow {
  id: Id
  settings: string
  /** The last moment at which a night was seen to. */
  doneUntil: Instant
  /** Webhooks up to this one have been emptied. */
  webhooksThrough: Id
}

export interface RetentionRunRow {
  id: Id
  /** Null: the night. */
  askedBy: Id | null
  startedAt: Instant
  endedAt: Instant | null
  phase: "conversations" | "media" | "webhooks" | "logs" | "presence" | "over"
  position: number
  conversations: number
  messages: number
  files: number
  bytes: number
  webhooks: number
  logs: number
  presenceChanges: number
}

export interface HoldRow {
  id: Id
  customer: Id | null
  conversation: Id | null
  reason: string
  setBy: Id
  setAt: Instant
}

export interface ErasureRow {
  id: Id
  customer: Id
  askedBy: Id
  askedAt: Instant
  endedAt: Instant | null
  phase: "conversations" | "customer" | "webhooks" | "traces" | "over"
  position: number
  /** JSON: numbers and ids of WhatsApp; none once they have been looked for. */
  names: string
  /** Nothing that came before can be theirs. */
  since: Instant
  messagesInAll: number
  conversations: number
  messages: number
  files: number
  bytes: number
  webhooks: number
}

export interface ConversationRemovalRow {
  conversation: Id
  begunAt: Instant
}

export interface FileRemovalRow {
  file: Id
}

export interface ReportScheduleRow {
  id: Id
  report: string
  rows: string
  every: "day" | "week" | "month"
  filters: string
  recipients: string
  language: string
  doneUntil: Instant
  owedFrom: number | null
  owedTo: number | null
}

export interface ReportZoneRow {
  since: Instant
  timezone: string
}

export interface SavedFilterRow {
  id: Id
  user: Id
  list: string
  name: string
  query: string
}

export interface ListColumnsRow {
  user: Id
  list: string
  columns: string
}

export interface AuditEntryRow {
  id: Id
  at: Instant
  actorKind: "user" | "operator" | "system" | "customer" | "stranger"
  actor: Id | null
  actorName: string | null
  address: string | null
  act: string
  subjectKind: string
  subject: Id | null
  subjectName: string
  changes: string
  previousHash: Uint8Array
  hash: Uint8Array
}

export interface AuditAnchorRow {
  through: Id
  hash: Uint8Array
  movedAt: Instant
}

export interface MailRow {
  id: Id
  kind: string
  recipient: string
  language: string
  subject: string
  text: string
  html: string
  secret: Uint8Array | null
  state: "queued" | "sending" | "sent" | "failed" | "uncertain"
  queuedAt: Instant
  uselessAt: Instant
  nextAttemptAt: Instant | null
  tries: number
  reason: string | null
  answer: string | null
  sentAt: Instant | null
  conversation: Id | null
  author: Id | null
}

export interface MailAttachmentRow {
  mail: Id
  position: number
  file: Id
  name: string
  mimeType: string
}

export interface SignInProviderRow {
  provider: "entra" | "google" | "salesforce"
  enabled: Flag
  clientId: string
  clientSecret: Uint8Array
  account: string
  issuer: string | null
  allowedDomains: string
  allowedGroups: string
  guests: Flag
  linksByEmail: Flag
  trustsFactor: Flag
}
export interface ExternalIdentityRow {
  provider: "entra" | "google" | "salesforce"
  issuer: string
  subject: string
  user: Id
  linkedAt: Instant
}
export interface ProviderVisitRow {
  stateHash: Uint8Array
  startedAt: Instant
}
export interface DirectoryRow {
  enabled: Flag
  url: string
  startTls: Flag
  certificate: string | null
  way: "user" | "search"
  bindName: string
  serviceName: string
  servicePassword: Uint8Array | null
  searchBase: string
  userFilter: string
  groupBase: string
  allowedGroups: string
  groupRules: string
}
export interface MailServerRow {
  host: string
  port: number
  security: "starttls" | "tls" | "none"
  username: string | null
  password: Uint8Array | null
  sender: string
}

/** A view: the tenant itself, read through its own handle. */
export type TenantProfileRow = Omit<TenantRow, "id" | "createdAt">

/** Tables of one tenant. */
export interface Tables {
  tenantProfile: TenantProfileRow
  wording: WordingRow
  wordOrigin: WordOriginRow
  wordIndex: WordIndexRow
  nameIndex: NameIndexRow
  user: UserRow
  session: SessionRow
  signInStep: SignInStepRow
  signInProvider: SignInProviderRow
  externalIdentity: ExternalIdentityRow
  providerVisit: ProviderVisitRow
  directory: DirectoryRow
  passwordReset: PasswordResetRow
  secondFactor: SecondFactorRow
  recoveryCode: RecoveryCodeRow
  passkey: PasskeyRow
  passkeyAnswer: PasskeyAnswerRow
  skillset: SkillsetRow
  skillsetOverflow: SkillsetOverflowRow
  skillsetMember: SkillsetMemberRow
  agent: AgentRow
  channel: ChannelRow
  channelSkillset: ChannelSkillsetRow
  channelHeard: ChannelHeardRow
  channelCheck: ChannelCheckRow
  forcedHours: ForcedHoursRow
  presenceChange: PresenceChangeRow
  predefinedMessage: PredefinedMessageRow
  template: TemplateRow
  templateSync: TemplateSyncRow
  templateFile: TemplateFileRow
  location: LocationRow
  profilingTree: ProfilingTreeRow
  profilingReason: ProfilingReasonRow
  channelProfiling: ChannelProfilingRow
  conversationProfiling: ConversationProfilingRow
  menu: MenuRow
  menuVisit: MenuVisitRow
  call: CallRow
  callServers: CallServersRow
  callTemplate: CallTemplateRow
  brand: BrandRow
  speechEngine: SpeechEngineRow
  dictationLanguage: DictationLanguageRow
  dictationNotice: DictationNoticeRow
  customer: CustomerRow
  customerProperty: CustomerPropertyRow
  customerPropertyChannel: CustomerPropertyChannelRow
  customerValue: CustomerValueRow
  customerChange: CustomerChangeRow
  customerImport: CustomerImportRow
  customerImportProblem: CustomerImportProblemRow
  importedCustomer: ImportedCustomerRow
  customerJoin: CustomerJoinRow
  joinedConversation: JoinedConversationRow
  customerBlock: CustomerBlockRow
  consentChange: ConsentChangeRow
  tag: TagRow
  conversationTag: ConversationTagRow
  customerTag: CustomerTagRow
  note: NoteRow
  conversation: ConversationRow
  conversationOverflow: ConversationOverflowRow
  message: MessageRow
  earlyStatus: EarlyStatusRow
  readReceipt: ReadReceiptRow
  event: EventRow
  timer: TimerRow
  quarantine: QuarantineRow
  channelNotice: ChannelNoticeRow
  notice: NoticeRow
  mediaFile: MediaFileRow
  virusScanner: VirusScannerRow
  partialUpload: PartialUploadRow
  mediaChunk: MediaChunkRow
  media: MediaRow
  mediaUpload: MediaUploadRow
  automaticMessage: AutomaticMessageRow
  automaticMessageSaid: AutomaticMessageSaidRow
  reportCounter: ReportCounterRow
  reportTally: ReportTallyRow
  reportPresence: ReportPresenceRow
  reportZone: ReportZoneRow
  reportSchedule: ReportScheduleRow
  settledCounter: ReportCounterRow
  settledPresence: ReportPresenceRow
  retention: RetentionRow
  retentionRun: RetentionRunRow
  hold: HoldRow
  erasure: ErasureRow
  conversationRemoval: ConversationRemovalRow
  fileRemoval: FileRemovalRow
  listColumns: ListColumnsRow
  savedFilter: SavedFilterRow
  auditEntry: AuditEntryRow
  auditAnchor: AuditAnchorRow
  mail: MailRow
  mailAttachment: MailAttachmentRow
  mailServer: MailServerRow
}

type Owned<Row> = Row & { tenant: Id }

/** Every table, with its tenant: for sign-in, webhook routing, timers and the commands of the binary. */
export interface ApplianceTables {
  setting: SettingRow
  tenant: TenantRow
  user: Owned<UserRow>
  session: Owned<SessionRow>
  signInStep: Owned<SignInStepRow>
  signInProvider: Owned<SignInProviderRow>
  externalIdentity: Owned<ExternalIdentityRow>
  providerVisit: Owned<ProviderVisitRow>
  directory: Owned<DirectoryRow>
  passwordReset: Owned<PasswordResetRow>
  secondFactor: Owned<SecondFactorRow>
  recoveryCode: Owned<RecoveryCodeRow>
  passkey: Owned<PasskeyRow>
  passkeyAnswer: Owned<PasskeyAnswerRow>
  loginThrottle: LoginThrottleRow
  skillset: Owned<SkillsetRow>
  skillsetOverflow: Owned<SkillsetOverflowRow>
  skillsetMember: Owned<SkillsetMemberRow>
  agent: Owned<AgentRow>
  channel: Owned<ChannelRow>
  channelSkillset: Owned<ChannelSkillsetRow>
  channelHeard: Owned<ChannelHeardRow>
  channelCheck: Owned<ChannelCheckRow>
  forcedHours: Owned<ForcedHoursRow>
  presenceChange: Owned<PresenceChangeRow>
  predefinedMessage: Owned<PredefinedMessageRow>
  template: Owned<TemplateRow>
  templateSync: Owned<TemplateSyncRow>
  templateFile: Owned<TemplateFileRow>
  location: Owned<LocationRow>
  profilingTree: Owned<ProfilingTreeRow>
  profilingReason: Owned<ProfilingReasonRow>
  channelProfiling: Owned<ChannelProfilingRow>
  conversationProfiling: Owned<ConversationProfilingRow>
  menu: Owned<MenuRow>
  menuVisit: Owned<MenuVisitRow>
  call: Owned<CallRow>
  callServers: Owned<CallServersRow>
  callTemplate: Owned<CallTemplateRow>
  brand: Owned<BrandRow>
  speechEngine: Owned<SpeechEngineRow>
  dictationLanguage: Owned<DictationLanguageRow>
  dictationNotice: Owned<DictationNoticeRow>
  customer: Owned<CustomerRow>
  customerProperty: Owned<CustomerPropertyRow>
  customerPropertyChannel: Owned<CustomerPropertyChannelRow>
  customerValue: Owned<CustomerValueRow>
  customerChange: Owned<CustomerChangeRow>
  customerImport: Owned<CustomerImportRow>
  customerImportProblem: Owned<CustomerImportProblemRow>
  importedCustomer: Owned<ImportedCustomerRow>
  customerJoin: Owned<CustomerJoinRow>
  joinedConversation: Owned<JoinedConversationRow>
  customerBlock: Owned<CustomerBlockRow>
  consentChange: Owned<ConsentChangeRow>
  tag: Owned<TagRow>
  conversationTag: Owned<ConversationTagRow>
  customerTag: Owned<CustomerTagRow>
  note: Owned<NoteRow>
  wordIndexing: WordIndexingRow
  wordOrigin: Owned<WordOriginRow>
  conversation: Owned<ConversationRow>
  conversationOverflow: Owned<ConversationOverflowRow>
  message: Owned<MessageRow>
  earlyStatus: Owned<EarlyStatusRow>
  readReceipt: Owned<ReadReceiptRow>
  event: Owned<EventRow>
  timer: Owned<TimerRow>
  envelope: EnvelopeRow
  quarantine: QuarantineRow & { tenant: Id | null }
  channelNotice: Owned<ChannelNoticeRow>
  notice: Owned<NoticeRow>
  mediaFile: Owned<MediaFileRow>
  partialUpload: Owned<PartialUploadRow>
  mediaChunk: Owned<MediaChunkRow>
  media: Owned<MediaRow>
  mediaUpload: Owned<MediaUploadRow>
  automaticMessage: Owned<AutomaticMessageRow>
  automaticMessageSaid: Owned<AutomaticMessageSaidRow>
  reportCounter: Owned<ReportCounterRow>
  reportTally: Owned<ReportTallyRow>
  reportPresence: Owned<ReportPresenceRow>
  reportZone: Owned<ReportZoneRow>
  reportSchedule: Owned<ReportScheduleRow>
  settledCounter: Owned<ReportCounterRow>
  settledPresence: Owned<ReportPresenceRow>
  retention: Owned<RetentionRow>
  retentionRun: Owned<RetentionRunRow>
  hold: Owned<HoldRow>
  erasure: Owned<ErasureRow>
  conversationRemoval: Owned<ConversationRemovalRow>
  fileRemoval: Owned<FileRemovalRow>
  listColumns: Owned<ListColumnsRow>
  savedFilter: Owned<SavedFilterRow>
  auditEntry: Owned<AuditEntryRow>
  auditAnchor: Owned<AuditAnchorRow>
  mail: Owned<MailRow>
  mailAttachment: Owned<MailAttachmentRow>
  mailServer: Owned<MailServerRow>
}

/** The index of words, seen as a whole: for what keeps it and for what looks after it. */
export interface WordTables {
  wording: Owned<WordingRow>
  wordIndex: WordIndexRow
  nameIndex: NameIndexRow
  wordTerm: WordTermRow
  wordUse: Pick<WordTermRow, "term">
}
