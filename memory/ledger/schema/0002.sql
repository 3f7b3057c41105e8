-- The ledger, version 2: pictures as bases and layers.

-- The picture of a frame is a layer over that of its base: a frame of the same monitor and day whose picture
-- stays as long as one rests on it. Null: it is whole, or what is left of it where its base was forgotten.
alter table frames add column base integer references frames (id) on delete set null
  check (base is null or picture is not null);
create index frames_by_base on frames (base) where base is not null;
