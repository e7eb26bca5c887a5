CREATE TABLE books (
  id serial PRIMARY KEY,
  title text NOT NULL,
  year int NOT NULL
);

INSERT INTO books (title, year) VALUES ('Sea Charts', 1884), ('Knots', 1944), ('Tides', 1999);
