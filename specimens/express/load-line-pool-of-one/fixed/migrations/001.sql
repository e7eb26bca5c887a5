CREATE TABLE tariffs (
  zone int PRIMARY KEY,
  cents_per_kg int NOT NULL
);

CREATE TABLE parcels (
  id serial PRIMARY KEY,
  zone int NOT NULL REFERENCES tariffs (zone),
  grams int NOT NULL
);

INSERT INTO tariffs (zone, cents_per_kg) SELECT n, 240 + 35 * n FROM generate_series(1, 8) AS n;
INSERT INTO parcels (zone, grams) SELECT 1 + n % 8, 200 + (n * 37) % 19000 FROM generate_series(1, 500) AS n;
