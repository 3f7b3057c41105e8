-- The ledger, version 5: chats, and words that are found however they are spelt.

-- A question that was asked in a chat, and what was answered. It goes with any moment that the answer cites.
create table turns (
  id integer primary key autoincrement,
  thread text not null,
  asked integer not null,
  zone integer not null,
  question text not null,
  understood text not null,   -- JSON
  answer text not null        -- JSON, without its citations
) strict;
create index turns_by_thread on turns (thread, id);

create table turn_citations (
  turn integer not null references turns (id) on delete cascade,
  n integer not null,
  moment integer not null references moments (id) on delete cascade,
  quote text not null,
  primary key (turn, n)
) strict, without rowid;
create index turn_citations_by_moment on turn_citations (moment);
