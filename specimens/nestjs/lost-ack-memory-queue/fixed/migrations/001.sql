CREATE TABLE messages (
  id uuid PRIMARY KEY,
  recipient text NOT NULL,
  body text NOT NULL,
  sent_at timestamptz
);

INSERT INTO messages (id, recipient, body, sent_at)
VALUES ('2a6e1b0c-63a4-4a0e-8d57-7f4f9f3b1c11', 'ada@example.org', 'Welcome', now());
