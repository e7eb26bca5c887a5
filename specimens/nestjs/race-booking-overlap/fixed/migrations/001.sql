CREATE TABLE rooms (
  id serial PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE bookings (
  id serial PRIMARY KEY,
  room_id int NOT NULL REFERENCES rooms (id),
  first_day date NOT NULL,
  last_day date NOT NULL,
  EXCLUDE USING gist (
    int4range(room_id, room_id, '[]') WITH &&,
    daterange(first_day, last_day, '[]') WITH &&
  )
);

INSERT INTO rooms (name) VALUES ('Harbour room'), ('Attic'), ('Garden room');
INSERT INTO bookings (room_id, first_day, last_day) VALUES (1, '2026-05-01', '2026-05-03'), (2, '2026-06-10', '2026-06-10');
