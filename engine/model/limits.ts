/** Every bound of the system, named, with its reason. What exceeds one is refused with a diagnostic, never dropped in silence. */

export * from './prepared-limits.ts';

/** Interned texts of one run; beyond it texts are compared directly. Bounds the verdict columns (one byte per text and node). */
export const MAX_REMEMBERED_TEXTS = 65_536;
/** Longer texts are rare and not worth keeping. */
export const MAX_REMEMBERED_TEXT_BYTES = 1_024;
/** Bytes of texts that are kept to find them again by their bytes; further ones are found by their value. */
export const MAX_REMEMBERED_BYTES = 16_777_216;
/** Values of one flags parameter whose names are remembered; real programs use a few dozen. */
export const MAX_REMEMBERED_FLAGS = 4_096;

/** Tests whose verdicts about threads are remembered; those beyond it are decided anew at every event. */
export const MAX_THREAD_VERDICT_COLUMNS = 32_768;
/** Verdicts remembered about threads, a byte each; threads beyond it are decided anew at every event. */
export const MAX_THREAD_VERDICT_BYTES = 64 * 1024 * 1024;
/** Verdicts remembered about texts; tests beyond it are decided anew each time. */
export const MAX_TEXT_VERDICT_BYTES = 64 * 1024 * 1024;

/** Characters and classes of a regular expression once its repetitions are written out: a text takes time by it. */
export const MAX_REGEX_SIZE = 10_000;

/** Falco's own: a constant of a condition must fit a 256-byte buffer. */
export const MAX_CONSTANT_BYTES = 255;
/** Nesting of a condition. Falco 0.44 has no working limit; 3,000 must load there and here. */
export const MAX_CONDITION_DEPTH = 5_000;
/** Transformers inside transformers. Nobody nests more than a few; each level is a call. */
export const MAX_TRANSFORMER_DEPTH = 100;
/** Parts (checks, values, operators) of all conditions of a rule set that are held in memory. */
export const MAX_PARSED_NODES = 1_000_000;
/** Characters of one condition after lists are expanded into it; a list of lists could otherwise multiply without end. */
export const MAX_CONDITION_CHARS = 1024 * 1024;
/** Parts of conditions looked at while rules are loaded: all are compiled again after each file. */
export const MAX_COMPILE_WORK = 100_000_000;
/** Items of all lists of a rule set after lists are put into lists; a list of lists could otherwise multiply. */
export const MAX_LIST_ITEMS = 2_000_000;
/** Characters read while lists are put into conditions: each list used in a condition reads it once more. */
export const MAX_LIST_SCAN_CHARS = 256 * 1024 * 1024;
/** Nodes of all expanded conditions of a rule set; macros that use macros could otherwise double at each step. */
export const MAX_CONDITION_NODES = 2_000_000;
/** Width of a field in an output; a wider one could fill the memory with blanks. */
export const MAX_OUTPUT_WIDTH = 65_536;

/** One rule file. The upstream files are under 100 KB each. */
export const MAX_RULE_FILE_BYTES = 8 * 1024 * 1024;
/** All rule files of one request. */
export const MAX_RULE_SET_BYTES = 32 * 1024 * 1024;
/** One configuration file of Falco; its own, comments included, has 60 KB. */
export const MAX_CONFIGURATION_BYTES = 1024 * 1024;
/** Environment variables put into one value of a configuration: a variable whose value names itself never ends. */
export const MAX_SUBSTITUTIONS = 1_000;
/** Characters that environment variables may add to one value of a configuration; variables that name others could multiply. */
export const MAX_SUBSTITUTED_CHARS = 1024 * 1024;
/** YAML nodes after aliases are expanded: the guard against alias bombs. */
export const MAX_YAML_NODES = 1_000_000;
/** Nesting of YAML values: where yaml-cpp, and so Falco, gives up. */
export const MAX_YAML_DEPTH = 500;
/** One scenario file. */
export const MAX_SCENARIO_BYTES = 1024 * 1024;
/** Steps of one scenario, groups written out as often as they are repeated. */
export const MAX_SCENARIO_STEPS = 100_000;
/** Events that one scenario may play. */
export const MAX_SCENARIO_EVENTS = 1_000_000;
/** Bytes of the parameters of those events: what a worker can hold beside its other work. */
export const MAX_SCENARIO_TRACE_BYTES = 64 * 1024 * 1024;
/** Open files that the children of a scenario inherit, all together: each fork copies those of its parent. */
export const MAX_SCENARIO_INHERITED_FILES = 8_388_608;
/** Cases of one scenario: a table that people can still read. */
export const MAX_SCENARIO_CASES = 1_000;
/** YAML values of all cases of a scenario together: each case is read anew. */
export const MAX_SCENARIO_CASES_NODES = 1_000_000;
/** Bytes that the values of one case put into its story; a long value used often could fill the memory. */
export const MAX_SCENARIO_CASES_BYTES = 4 * 1024 * 1024;
/** Events of all cases of a scenario together: each case is rehearsed. */
export const MAX_SCENARIO_CASES_EVENTS = 2_000_000;
/** Words of one command line of a scenario; the kernel reports 4 KiB of them. */
export const MAX_COMMAND_WORDS = 1_024;

/** One block of a scap file. Normal blocks hold at most 64 KiB, large ones (plugin and container events) are given this. */
export const MAX_SCAP_BLOCK_BYTES = 64 * 1024 * 1024;
/** Bytes after the head of a normal event block, as in Falco; a longer one is not an event. */
export const MAX_SCAP_EVENT_BLOCK_BYTES = 65_536;
/** A path in a snapshot, as in Falco. */
export const MAX_SCAP_PATH_BYTES = 1_024;
/** All of `args`, `env` or `cgroups` of a process in a snapshot, as in Falco. */
export const MAX_SCAP_LIST_BYTES = 4_096;
/** Names, homes and shells of accounts, as in Falco. */
export const MAX_SCAP_ACCOUNT_BYTES = 255;
/** Accounts or interfaces of one block; their lists are handed over whole and must fit in memory. */
export const MAX_SCAP_LIST_ENTRIES = 262_144;
/** Bytes of entry events that wait for the exit of their thread while an old capture is upgraded. */
export const MAX_PENDING_ENTRY_BYTES = 64 * 1024 * 1024;
/** Scenarios that one suite of event-generator becomes: each is a file. */
export const MAX_IMPORTED_STORIES = 1_000;
/** Threads inside a syscall that are remembered while a capture is written for old readers; an entry is doubled beyond. */
export const MAX_COMPAT_THREADS = 262_144;
/** One line of a jsonl trace: an event of a megabyte with room for how JSON writes bytes, and long lists of accounts. */
export const MAX_JSONL_LINE_BYTES = 32 * 1024 * 1024;
/** JSON values in one line of a jsonl trace: a list of 80,000 accounts. */
export const MAX_JSON_NODES = 500_000;
/** Nesting of JSON in a line of a jsonl trace; a record has five levels at most. */
export const MAX_JSON_DEPTH = 16;
/** Parameters of one event, as in the drivers. */
export const MAX_EVENT_PARAMS = 32;
/** Threads known at a time, as in Falco. */
export const MAX_THREADS = 262_144;
/** Open files of one process, as in Falco. */
export const MAX_FILES_PER_PROCESS = 4_096;
/** Places in the file tables of all processes together: forks in a made-up capture could otherwise multiply them. 128 MiB of pointers. */
export const MAX_OPEN_FILES = 16_777_216;
/** Containers known at a time; a node runs some hundreds. */
export const MAX_CONTAINERS = 65_536;
/** The JSON that describes one container. Real ones have a few KiB. */
export const MAX_CONTAINER_JSON_BYTES = 1024 * 1024;
/** A resolved path, as in Falco; a longer one becomes a fixed text. */
export const MAX_PATH_BYTES = 1_024;
/** Steps up a process's line of ancestors; a loop in a damaged capture ends here. */
export const MAX_ANCESTORS = 4_096;
/** A key of `container.mount[...]`, which is a regular expression; no real path is longer. */
export const MAX_MOUNT_KEY_BYTES = 1_024;
/** Steps of such an expression after its counted repetitions are written out. */
export const MAX_MOUNT_KEY_STEPS = 10_000;

/** Body of a JSON request (rules, scenario, options). */
export const MAX_REQUEST_BYTES = 48 * 1024 * 1024;
/** A capture in the body of a request, as sent. */
export const MAX_CAPTURE_BODY_BYTES = 100 * 1024 * 1024;
/** A trace that is sent in parts: 512 of them, each copied when it is completed. */
export const MAX_UPLOAD_BYTES = 4 * 1024 * 1024 * 1024;
/** A capture after decompression within one request. */
export const MAX_CAPTURE_BYTES = 4 * 1024 * 1024 * 1024;
/** Parts of one multipart form; far more than rule files that anyone sends. */
export const MAX_FORM_PARTS = 1_000;
/** Headers of one part of a form; they hold two names. */
export const MAX_FORM_HEAD_BYTES = 16 * 1024;
/** So much of a capture is held, so that a small one may stand anywhere in a form; a larger one is the last part. */
export const MAX_CAPTURE_HELD_BYTES = 4 * 1024 * 1024;
/** A table of host names in a request: some twenty thousand lines. */
export const MAX_HOSTS_CHARS = 1024 * 1024;
/** Files of one stored suite or rule set. */
export const MAX_SUITE_FILES = 5_000;
/** A name that a user gives to a file or a trace. */
export const MAX_NAME_CHARS = 255;
/** Labels of one trace; a table that people can still read. */
export const MAX_LABELS = 64;
/** Segments of one recording: a week of one a minute. Each is an object to be listed when the recording is closed. */
export const MAX_RECORDING_SEGMENTS = 10_000;
/** What a recorder tells of one segment, as JSON. */
export const MAX_SEGMENT_TOLD_CHARS = 256 * 1024;
/** Containers that the index of a trace lists; a node starts some thousands in a day of short jobs. */
export const MAX_INDEX_CONTAINERS = 10_000;
/** Gaps that an index lists; the rest is counted. */
export const MAX_INDEX_GAPS = 1_000;
/** Names of hosts that an index lists; a recording is of one. */
export const MAX_INDEX_HOSTS = 1_000;
/** Characters of hosts, and of images, of a trace that lists show and filter by; a hundred traces are read at a time. */
export const MAX_ENTRY_CHARS = 16 * 1024;
/** Decompressed bytes of one segment that are read for its index: forty times the largest upload in one request. */
export const MAX_INDEX_BYTES = 64 * 1024 * 1024 * 1024;
/** How long one segment is read for its index, in milliseconds; a queue of Cloudflare gives up after fifteen minutes. */
export const MAX_INDEX_MS = 10 * 60 * 1_000;
/** Entries of the catalogue that one request for a list looks at; a filter that few fit takes several requests. */
export const MAX_TRACES_SCANNED = 10_000;
/** Bytes of traces that one tenant may keep, unless its policy says otherwise. */
export const DEFAULT_TENANT_BYTES = 1024 * 1024 * 1024 * 1024;
/** Traces that one tenant may keep, unless its policy says otherwise. */
export const DEFAULT_TENANT_TRACES = 100_000;
/** How long what was counted of a tenant is believed, in milliseconds: by what comes meanwhile a quota may be passed. */
export const USAGE_MEMORY_MS = 60_000;
/** Fields that a filter shows of each event. */
export const MAX_FILTER_FIELDS = 100;
/** Events of one page of a trace. */
export const MAX_EVENTS_LISTED = 100_000;
/** Traces on one page of a list; each costs a request to the store. */
export const MAX_TRACES_LISTED = 100;
/** A name or a comment in the header of a gzip file. */
export const MAX_GZIP_TEXT_BYTES = 65_536;
/** Alerts or events that are found in one step of a run, as JSON, before any can be sent: a story is played in one step. */
export const MAX_FOUND_CHARS = 64 * 1024 * 1024;
/** Bytes of a refused body that are taken before the refusal is answered, where the server in front of us wants that. */
export const MAX_DRAINED_BYTES = 256 * 1024 * 1024;
/** Runs that one service does at a time; each may hold some tens of MiB. More wait. */
export const MAX_RUNS_AT_ONCE = 16;
/** Rule sets that one service remembers as they were loaded; some MiB each for those of Falco. */
export const MAX_RULES_REMEMBERED = 8;
/** Characters of their files together; what was loaded of them takes some ten times as much. */
export const MAX_REMEMBERED_RULES_CHARS = 2 * 1024 * 1024;
/** Runs that wait for others to end; more are asked to come again. */
export const MAX_RUNS_WAITING = 500;
/** How long a run waits for its turn, in milliseconds, before it is asked to come again: within the minute of most proxies. */
export const MAX_RUN_WAIT_MS = 55_000;
/** How long what the store says of a token is believed, in milliseconds: so long a revoked one still works. */
export const TOKEN_MEMORY_MS = 30_000;
/** Tokens, valid or not, that are remembered at a time. */
export const MAX_TOKENS_REMEMBERED = 10_000;
/** Alerts listed in one JSON answer; a stream has no such bound, and the summary counts all. */
export const MAX_ALERTS_LISTED = 100_000;
/** Diagnostics listed of one input. */
export const MAX_DIAGNOSTICS = 1_000;

/** Elements in which two conditions or lists of rules may differ and still be compared one by one: memory grows by its square. */
export const MAX_SEQUENCE_EDITS = 1_000;
/** Characters read while it is tried which parts of a changed condition stand alone; beyond it the condition is one edit. */
export const MAX_CONDITION_PARTS_CHARS = 4 * 1024 * 1024;
/** Edits that are taken back one by one to find the cause of a change; of more, a smallest set is looked for by halves. */
export const MAX_EDITS_TRIED_ALONE = 400;
/** Changed alerts of one rule whose cause is looked for among all edits; later ones are first tried with the causes found. */
export const MAX_CAUSES_SEARCHED = 1_000;
/** Groups of changed alerts in one report; what falls in none of them is counted together. */
export const MAX_CHANGE_GROUPS = 5_000;
/** Traces and scenarios that one difference is taken over within a request; each is run there and then. */
export const MAX_DIFF_SCENARIOS = 1_000;

/** One test file; a thousand tests have some hundred KiB. */
export const MAX_TEST_FILE_BYTES = 4 * 1024 * 1024;
/** Entries of one test file, and tests of one run: each is a whole run of the rules. */
export const MAX_TESTS = 100_000;
/** Different near misses of a rule that are kept while a trace passes, the nearest ones; nobody reads more. */
export const MAX_NEAR_MISSES_KEPT = 100;
/** Parts of conditions looked at while near misses are searched: a condition of a megabyte over a long trace has no end. */
export const MAX_NEAR_MISS_WORK = 1_000_000_000;
/** Failed expectations of one test that are told; each may play the test's story once more. */
export const MAX_FAILURES_LISTED = 20;
/** Rows of one truth table; a condition that is longer is one that nobody reads to its end. */
export const MAX_TRUTH_ROWS = 10_000;
/** Checks that an explanation lists beside the truth table: those that would have to change, those that decided. */
export const MAX_CHECKS_LISTED = 100;
/** Rules that are explained at one event when none is named, the nearest ones. */
export const MAX_RULES_EXPLAINED = 200;
/** Characters of rules compiled again to find which edits are behind a change: a thousand times Falco's own rules. */
export const MAX_VARIANT_CHARS = 256 * 1024 * 1024;
/** Tests of one request; more are a suite for the command line. */
export const MAX_VERIFY_TESTS = 2_000;
/** A capture that comes with tests, as sent: it is held in memory, for several tests may read it. */
export const MAX_VERIFY_CAPTURE_BYTES = 32 * 1024 * 1024;
/** Items of one list that are told as edits of their own; a list of which more differ is one edit. */
export const MAX_LIST_EDITS = 500;
/** Pairs of an edit and a rule that it can reach which are remembered; beyond it an edit is taken to reach any rule. */
export const MAX_REACHED_RULES = 2_000_000;
/** Events that are played again to tell what came near failed expectations of one test; a recording of 500,000 for some rules. */
export const MAX_NEAREST_EVENTS = 4_000_000;
/** Events that all tests of one request play; half a minute of work. */
export const MAX_VERIFY_EVENTS = 20_000_000;
/** Alerts of one test that are held and judged; some hundred bytes each. */
export const MAX_ALERTS_JUDGED = 100_000;
/** Patterns of paths in one test file: each is compared with every file there is. */
export const MAX_TEST_PATTERNS = 500;
/** Times that a shard of a run is tried before it is given up; what fails for a reason of its own fails again. */
export const MAX_SHARD_TRIES = 3;
/** How long a shard may take on a thread, in milliseconds, before it counts as hung. */
export const MAX_SHARD_MS = 15 * 60 * 1_000;
/** How long nothing is heard of a run, in milliseconds, before its shards are handed out again; doubles each time. */
export const HAND_OUT_AFTER_MS = 30_000;
/** Runs of one tenant that go on at a time; more are asked to come again. */
export const MAX_RUNS_GOING = 200;
/** Webhooks that are told of one run. */
export const MAX_WEBHOOKS_TOLD = 10;
/** Times that one message to a webhook is sent, after 1, 2, 4 and 8 seconds: some restarts are slower, most are not. */
export const MAX_WEBHOOK_TRIES = 5;
/** How long is waited before a message is sent for the second time, in milliseconds; doubles each time. */
export const WEBHOOK_WAIT_MS = 1_000;
/** How long a webhook may take to answer, in milliseconds. */
export const MAX_WEBHOOK_MS = 10_000;
/** Alerts of one run that a webhook is sent, one message each; nobody reads more. */
export const MAX_ALERTS_DELIVERED = 10_000;
/** A stored trace, or a capture as sent, that one request is answered for; for a larger one it is answered by a run. */
export const MAX_DETECT_TRACE_BYTES = 64 * 1024 * 1024;
/** Events of a stored trace that one request is answered for, where its index tells: some seconds of work. */
export const MAX_DETECT_EVENTS = 2_000_000;
/** How long the answer to a write is kept for the same `Idempotency-Key`, in milliseconds. */
export const IDEMPOTENCY_MS = 24 * 60 * 60 * 1_000;
/** An answer that is kept so; those of writes have some hundred bytes. */
export const MAX_KEPT_ANSWER_BYTES = 1024 * 1024;
/** Times that one request is made to the store; what lasts longer than a moment is told. */
export const MAX_STORE_TRIES = 4;
/** How long the store may take to answer one request, or to go on with a body, in milliseconds; a part of 8 MiB is sent in it. */
export const MAX_STORE_ANSWER_MS = 20_000;
/** The same where somebody only asks whether the store answers: a probe of Kubernetes waits no longer. */
export const MAX_STORE_PROBE_MS = 5_000;
/** How long is waited before a request to the store is made for the second time, in milliseconds; doubles each time. */
export const STORE_WAIT_MS = 100;
/** The longest wait between two requests to the store, also where it asks for more. */
export const MAX_STORE_WAIT_MS = 5_000;
/** Times that reading one object is gone on with after the connection broke. */
export const MAX_STORE_RESUMES = 8;

export * from './practice-limits.ts';
