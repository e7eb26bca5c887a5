CREATE TABLE loans (
  id serial PRIMARY KEY,
  title text NOT NULL,
  reader text NOT NULL,
  lent_on date NOT NULL DEFAULT current_date
);

INSERT INTO loans (title, reader) VALUES ('Emma', 'r-104'), ('Silas Marner', 'r-077');
