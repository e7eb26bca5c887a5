CREATE TABLE polls (
  id serial PRIMARY KEY,
  question text NOT NULL
);

CREATE TABLE votes (
  id serial PRIMARY KEY,
  poll_id int NOT NULL REFERENCES polls (id),
  voter text NOT NULL,
  UNIQUE (poll_id, voter)
);

INSERT INTO polls (question) VALUES ('Paint the bridge?'), ('Plant more limes?');
INSERT INTO votes (poll_id, voter) VALUES (1, 'wren'), (1, 'maren'), (2, 'wren');
