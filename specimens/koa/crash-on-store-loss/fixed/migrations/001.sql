CREATE TABLE reviews (
  id serial PRIMARY KEY,
  product text NOT NULL,
  stars int NOT NULL CHECK (stars BETWEEN 1 AND 5)
);

INSERT INTO reviews (product, stars) VALUES ('kettle', 5), ('kettle', 4), ('toaster', 2), ('lamp', 3);
