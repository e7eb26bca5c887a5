CREATE TABLE books (
  id serial PRIMARY KEY,
  title text NOT NULL,
  author text NOT NULL
);

INSERT INTO books (title, author) VALUES
  ('The Left Hand of Darkness', 'Ursula K. Le Guin'),
  ('Middlemarch', 'George Eliot'),
  ('Invisible Cities', 'Italo Calvino'),
  ('Beloved', 'Toni Morrison');
