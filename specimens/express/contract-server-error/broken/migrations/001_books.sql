CREATE TABLE books (
  id serial PRIMARY KEY,
  title varchar(80) NOT NULL,
  price_cents integer NOT NULL
);

INSERT INTO books (title, price_cents) VALUES ('The Soul of a New Machine', 1499), ('Hackers', 999);
