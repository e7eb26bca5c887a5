CREATE TABLE votes (
  id uuid PRIMARY KEY,
  choice text NOT NULL,
  cast_at timestamptz NOT NULL DEFAULT now()
);

INSERT INTO votes (id, choice) SELECT gen_random_uuid(), choice FROM unnest(ARRAY['north', 'south', 'north']) AS choice;
