CREATE TABLE comments (
  id uuid PRIMARY KEY,
  author text NOT NULL,
  body text NOT NULL,
  written_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO comments (id, author, body) VALUES ('0b7cf0b5-9a0e-4b5c-8f2f-0c1d6e1f2a31', 'Ada', 'A first comment');
