CREATE TABLE tickets (
  id serial PRIMARY KEY,
  email text NOT NULL,
  subject text NOT NULL,
  state text NOT NULL
);

INSERT INTO tickets (email, subject, state)
SELECT 'customer.' || n % 10000 || '@example.com', 'Question ' || n, (ARRAY['open', 'waiting', 'closed'])[1 + n % 3]
FROM generate_series(1, 100000) AS n;
