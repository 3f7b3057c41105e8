-- The ledger, version 3: what was seen in a frame.

-- Of which frames cues were made, and by what (name and version).
create table looks (
  frame integer primary key references frames (id) on delete cascade,
  maker text not null
) strict;

-- The page (n 0) and the pictures in it (from 1): each owns its vectors of kind 'picture'.
create table parts (
  id integer primary key autoincrement,
  frame integer not null references frames (id) on delete cascade,
  n integer not null,
  x integer not null, y integer not null, w integer not null, h integer not null
) strict;
create index parts_by_frame on parts (frame, n);

-- What can be said of a part, in plain words.
create table cues (
  part integer not null references parts (id) on delete cascade,
  kind text not null check (kind in ('form', 'colour', 'tag')),
  label text not null,
  confidence real not null,
  primary key (part, kind, label)
) strict, without rowid;
create index cues_by_label on cues (label, part);

-- Before, a frame had one vector of its picture: the page's part takes the frame's number.
insert into parts (id, frame, n, x, y, w, h)
  select id, id, 0, 0, 0, width, height from frames
  where id in (select owner from vectors where kind = 'picture');
