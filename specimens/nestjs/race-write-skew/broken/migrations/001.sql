CREATE TABLE doctors (
  id serial PRIMARY KEY,
  name text NOT NULL,
  on_call boolean NOT NULL DEFAULT false
);

INSERT INTO doctors (name, on_call) VALUES ('Ada', true), ('Ben', true), ('Chidi', false);
