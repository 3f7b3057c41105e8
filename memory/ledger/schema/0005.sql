-- The ledger, version 5: chats, and words that are found however they are spelt.

-- A question that was asked in a chat, and what was answered.
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

-- What a turn rests on: citations from 1; below 1 moments that lent words to what was understood or answered. It goes
-- with any of them, and an answer that is gone keeps no moment from fading.
create table turn_citations (
  turn integer not null references turns (id) on delete cascade,
  n integer not null,
  moment integer not null references moments (id) on delete cascade,
  quote text not null,
  primary key (turn, n)
) strict, without rowid;
create index turn_citations_by_moment on turn_citations (moment);
create trigger turns_rest_on_moments after delete on turn_citations
begin
  delete from turns where id = old.turn;
  delete from pins where moment = old.moment and why = 'answer' and not exists
    (select 1 from turn_citations c where c.moment = old.moment and c.n > 0);
end;
