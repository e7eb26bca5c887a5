CREATE TABLE gauges (
  id serial PRIMARY KEY,
  river text NOT NULL,
  centimetres int NOT NULL
);

INSERT INTO gauges (river, centimetres) SELECT 'River ' || n, 60 + (n * 37) % 400 FROM generate_series(1, 60) AS n;
