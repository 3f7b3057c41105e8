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
end;
create trigger pins_rest_on_turns before delete on turns
begin
  delete from pins where why = 'answer'
    and moment in (select moment from turn_citations where turn = old.id and n > 0)
    and not exists
      (select 1 from turn_citations c where c.moment = pins.moment and c.turn <> old.id and c.n > 0);
end;

-- What is found in a moment beside its words (rowid is the moment): codes and amounts in one form, and Chinese in
-- pairs of letters. An index alone, without the text. What words there are is seen through the vocabularies.
create virtual table spellings using fts5
  (said, content = '', contentless_delete = 1, detail = 'none', tokenize = 'unicode61 remove_diacritics 0');
insert into spellings (rowid, said)
  select rowid, spelled(concat_ws(char(10), title, app, text)) from words order by rowid;
create trigger spellings_rest_on_moments after delete on moments
begin
  delete from spellings where rowid = old.id;
end;
create virtual table vocabulary using fts5vocab (words, row);
create virtual table spelt using fts5vocab (spellings, row);

-- Hosts are listed by stepping over the pages of each.
create index moments_by_url on moments (url) where url is not null;
