CREATE TABLE meters (
  id serial PRIMARY KEY,
  address text NOT NULL,
  credit int NOT NULL DEFAULT 0
);

INSERT INTO meters (address, credit) VALUES ('Quay 4', 30), ('Mill Lane 12', 5), ('Station Road 1', 0);
