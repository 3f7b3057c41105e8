-- The ledger, version 4: consolidation day by day.

-- A stretch of one activity within one local day: an episode is the sum of its spans. Words (for linking) and
-- digest (for naming), both JSON, are what is needed of it when another day is settled.
create table spans (
  id integer primary key autoincrement,
  episode integer not null references episodes (id) on delete cascade,
  day integer not null,       -- days since 1970-01-01, local
  started integer not null,
  ended integer not null,
  zone integer not null,
  words text not null,
  digest text not null
) strict;
create index spans_by_day on spans (day, started);
create index spans_by_episode on spans (episode, started);

alter table episode_moments add column span integer references spans (id) on delete cascade;
alter table episodes add column taken_part text not null default '{}';  -- JSON: people, sites, files, interruptions

create index episode_moments_by_span on episode_moments (span) where span is not null;

-- What was derived before knows nothing of spans: it stands until its days are settled anew.
update moments set settled = 0;

-- Where a value was seen, and of what: some twelve of each (topic, value), from which facts are inferred anew.
-- thing, relation and value are as compared; a topic is (kind, thing, relation).
create table sightings (
  id integer primary key autoincrement,
  kind text not null,
  thing text not null,
  relation text not null,
  value text not null,
  moment integer not null references moments (id) on delete cascade,
  line integer references lines (id) on delete set null,
  stretch integer not null,   -- start of the span it was seen in
  context text not null,      -- the window
  quote text not null,
  subject text not null,      -- this and the next three as read
  label text not null,
  shown text not null,
  said text not null,
  type text not null,
  weight real not null,
  place text not null,        -- whose the window is: a site, the domain of a mail, a file
  unique (kind, thing, relation, value, moment)
) strict;
create index sightings_by_moment on sightings (moment);
create index sightings_by_line on sightings (line) where line is not null;

-- What the user said of a value. It holds words of the screen, so it goes with the last sighting of its value,
-- and it keeps those from being dropped by anything but forgetting.
create table verdicts (
  kind text not null,
  thing text not null,
  relation text not null,
  value text not null,
  ruling text not null check (ruling in ('confirmed', 'corrected', 'deleted')),
  said text not null,         -- the right value where it was corrected
  at integer not null,
  primary key (kind, thing, relation, value)
) strict, without rowid;
create trigger verdicts_rest_on_sightings after delete on sightings
when not exists (select 1 from sightings s where s.kind = old.kind and s.thing = old.thing
  and s.relation = old.relation and s.value = old.value)
begin
  delete from verdicts where kind = old.kind and thing = old.thing and relation = old.relation
    and value = old.value;
end;

-- Facts of before have no topic: they stand until the moments that showed them are settled anew.
alter table facts add column thing text not null default '';
alter table facts add column topic_relation text not null default '';
alter table facts add column key text not null default '';
alter table facts add column type text not null default '';
alter table facts add column state text not null default 'inferred';
alter table facts add column valid_to integer;
alter table facts add column known_from integer;
alter table facts add column known_to integer;
create index facts_by_topic on facts (kind, thing, topic_relation);

-- Forgetting by degrees. What is left of a frame that has faded: the thumbnail beside its picture, the text, or
-- neither (its moment stays in its episode); null: all that it had.
alter table frames add column faded text check (faded in ('thumbnail', 'text', 'gist'));
create index frames_faded on frames (moment) where faded is not null;

-- When a moment was opened, and cited by an answer, to the hour: what is used is kept longer.
create table recalls (
  moment integer not null references moments (id) on delete cascade,
  at integer not null,
  how text not null check (how in ('opened', 'cited')),
  primary key (moment, at, how)
) strict, without rowid;

-- What never fades, and why: the user's wish, or an answer that is kept and cites it.
create table pins (
  moment integer not null references moments (id) on delete cascade,
  why text not null check (why in ('user', 'answer')),
  at integer not null,
  primary key (moment, why)
) strict, without rowid;

-- How rare the words of a moment are among all that was read (0..1), looked up once.
create table rarities (
  moment integer primary key references moments (id) on delete cascade,
  rarity real not null
) strict;

-- What a local language model made of an episode's title and gist: beside them, never instead of them. Null where
-- what it said was rejected. It goes when either changes, as they do when a moment of the episode is forgotten.
create table polished (
  episode integer primary key references episodes (id) on delete cascade,
  title text,
  gist text,
  model text not null,
  check ((title is null) = (gist is null))
) strict;
create trigger polished_from_other_words after update of title, gist on episodes
when new.title is not old.title or new.gist is not old.gist
begin
  delete from polished where episode = old.id;
end;

-- What a span and an episode were about, findable when their frames are gone: at most 16 vectors each, in order of
-- time, one row for each kind and encoder. Weights (JSON) say of how many vectors of frames each was pooled.
alter table spans add column pooled integer not null default 0;  -- 0: vectors of its frames came since
create index spans_unpooled on spans (id) where pooled = 0;
create table span_vectors (
  span integer not null references spans (id) on delete cascade,
  kind text not null check (kind in ('passage', 'picture')),
  encoder text not null,
  weights text not null,
  scales blob not null,
  data blob not null,
  primary key (span, kind, encoder)
) strict, without rowid;
create table episode_vectors (
  id integer primary key autoincrement,
  episode integer not null references episodes (id) on delete cascade,
  kind text not null check (kind in ('passage', 'picture')),
  encoder text not null,
  scales blob not null,
  data blob not null,
  unique (episode, kind, encoder)
) strict;
create trigger episode_vectors_rest_on_spans after delete on spans
begin
  delete from episode_vectors where episode = old.episode;
end;
