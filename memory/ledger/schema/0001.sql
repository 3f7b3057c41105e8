-- The ledger, version 1. Times are UTC milliseconds with the zone of then in minutes beside them.

create table meta (key text primary key, value any) strict, without rowid;

-- A day's pictures are sealed with a key derived from this salt: without it they are gone.
create table days (day text primary key, salt blob not null) strict, without rowid;

create table rules (
  id integer primary key,
  field text not null check (field in ('app', 'title', 'site', 'any')),
  pattern text not null,
  mode text not null check (mode in ('leave', 'black')),
  seeded integer not null default 0
) strict;

create table gaps (
  id integer primary key,
  started integer not null,
  ended integer not null,
  zone integer not null,
  reason text not null
) strict;
create index gaps_by_time on gaps (started);

-- id is the monotonic order of arrival: a clock that is set back does not change it.
create table frames (
  id integer primary key autoincrement,
  digest blob not null unique,
  at integer not null,
  zone integer not null,
  monitor integer not null,
  width integer not null,
  height integer not null,
  app text not null,
  title text not null,
  url text,
  origin text,
  change real not null,
  kept integer not null,      -- 1: it showed something new; 0: counted only
  single integer not null,    -- 1: never folded
  picture text,               -- name of the sealed file; null when there is none (any more)
  day text references days (day),  -- whose salt sealed it
  moment integer not null references moments (id),
  check ((picture is null) = (day is null))
) strict;
create index frames_by_moment on frames (moment, id);
create index frames_by_origin on frames (moment, id, origin) where origin is not null;
create index frames_by_day on frames (day, picture) where picture is not null;
-- A stream is what follows itself on one monitor: what was looked at, or what was imported.
create index frames_by_stream on frames (monitor, origin is null, id) where single = 0;
create index frames_kept on frames (monitor, origin is null, id) where single = 0 and kept = 1;

create table windows (
  frame integer not null references frames (id) on delete cascade,
  n integer not null,
  app text not null,
  title text not null,
  x integer not null, y integer not null, w integer not null, h integer not null,
  stack integer not null,
  primary key (frame, n)
) strict, without rowid;

-- One row per stretch of an unchanged screen; folding moves frames over and leaves an alias.
create table moments (
  id integer primary key autoincrement,
  started integer not null,
  ended integer not null,
  zone integer not null,
  monitor integer not null,
  app text not null,
  title text not null,
  url text,
  best integer,               -- the frame whose picture stands for it
  single integer not null,
  settled integer not null default 0
) strict;
create index moments_by_time on moments (started, ended);
create index moments_by_app on moments (app, started);
-- The longest one bounds how far before a span its moments may have begun.
create index moments_by_length on moments (ended - started);
create index moments_by_day on moments ((started + zone * 60000) / 86400000);
create index moments_unsettled on moments (id) where settled = 0;

create table aliases (
  moment integer primary key,
  now integer not null references moments (id) on delete cascade
) strict;
create index aliases_by_now on aliases (now);

create table readings (
  frame integer primary key references frames (id) on delete cascade,
  engine text not null
) strict;

create table lines (
  id integer primary key autoincrement,
  frame integer not null references frames (id) on delete cascade,
  n integer not null,
  text text not null,
  x integer not null, y integer not null, w integer not null, h integer not null,
  confidence real not null,
  window integer,
  unique (frame, n)
) strict;

create table passages (
  id integer primary key autoincrement,
  frame integer not null references frames (id) on delete cascade,
  text text not null,
  lines text not null         -- JSON list of line numbers n
) strict;
create index passages_by_frame on passages (frame);

create table vectors (
  kind text not null check (kind in ('passage', 'picture')),
  owner integer not null,     -- passage id or frame id
  encoder text not null,
  scale real not null,
  data blob not null,         -- int8
  primary key (kind, owner, encoder)
) strict, without rowid;
create index vectors_by_encoder on vectors (kind, encoder, owner);

-- The words of a moment, stemmed: rowid is the moment.
create virtual table words using fts5 (title, app, text, tokenize = 'porter unicode61 remove_diacritics 2');
insert into words (words, rank) values ('secure-delete', 1);

create table jobs (
  id integer primary key autoincrement,
  stage text not null,
  subject integer not null references frames (id) on delete cascade,
  state text not null default 'waiting' check (state in ('waiting', 'failed')),
  attempts integer not null default 0,
  error text,
  unique (stage, subject)
) strict;
create index jobs_waiting on jobs (stage, state, id);
create index jobs_by_subject on jobs (subject);

create table episodes (
  id integer primary key autoincrement,
  level text not null,
  title text not null,
  gist text not null,
  started integer not null,
  ended integer not null,
  zone integer not null,
  apps text not null,         -- JSON
  spans text not null,        -- JSON [[started, ended], ...]
  keys text not null          -- JSON list of key moments
) strict;
create index episodes_by_time on episodes (started);

create table episode_moments (
  episode integer not null references episodes (id) on delete cascade,
  moment integer not null references moments (id) on delete cascade,
  primary key (episode, moment)
) strict, without rowid;
create index episode_by_moment on episode_moments (moment);

create table facts (
  id integer primary key autoincrement,
  kind text not null,
  statement text not null,
  subject text not null,
  relation text not null,
  value text not null,
  confidence real not null,
  first_seen integer not null,
  last_seen integer not null,
  zone integer not null,
  superseded_by integer references facts (id) on delete set null
) strict;
create index facts_superseded on facts (superseded_by) where superseded_by is not null;

create table evidence (
  fact integer not null references facts (id) on delete cascade,
  moment integer not null references moments (id) on delete cascade,
  line integer references lines (id) on delete cascade,
  quote text not null,
  primary key (fact, moment, quote)
) strict, without rowid;
create index evidence_by_moment on evidence (moment);
create index evidence_by_line on evidence (line);
