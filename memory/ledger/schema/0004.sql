-- The ledger, version 4: consolidation day by day.

-- A stretch of one activity within one local day: an episode is the sum of its spans. The digest (JSON) holds
-- what linking and naming need of it, so that no other day is read when one is settled.
create table spans (
  id integer primary key autoincrement,
  episode integer not null references episodes (id) on delete cascade,
  day integer not null,       -- days since 1970-01-01, local
  started integer not null,
  ended integer not null,
  zone integer not null,
  digest text not null
) strict;
create index spans_by_day on spans (day, started);
create index spans_by_episode on spans (episode, started);

alter table episode_moments add column span integer references spans (id) on delete cascade;
create index episode_moments_by_span on episode_moments (span) where span is not null;

-- What was derived before knows nothing of spans: it stands until its days are settled anew.
update moments set settled = 0;
