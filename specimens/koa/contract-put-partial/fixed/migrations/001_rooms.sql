CREATE TABLE rooms (
  id serial PRIMARY KEY,
  name text NOT NULL,
  seats integer NOT NULL
);

INSERT INTO rooms (name, seats) VALUES ('Aurora', 12), ('Borealis', 30);
