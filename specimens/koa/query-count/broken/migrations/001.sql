CREATE TABLE authors (
  id serial PRIMARY KEY,
  name text NOT NULL
);

CREATE TABLE books (
  id serial PRIMARY KEY,
  author_id int NOT NULL REFERENCES authors (id),
  title text NOT NULL
);

CREATE INDEX books_author ON books (author_id);

INSERT INTO authors (name) SELECT 'Author ' || n FROM generate_series(1, 24) AS n;
INSERT INTO books (author_id, title) SELECT 1 + n % 24, 'Volume ' || n FROM generate_series(1, 96) AS n;
