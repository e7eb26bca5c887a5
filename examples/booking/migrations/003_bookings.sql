CREATE TABLE bookings (
  id serial PRIMARY KEY,
  event_id int NOT NULL REFERENCES events (id),
  account_id int NOT NULL REFERENCES accounts (id),
  total_cents int NOT NULL CHECK (total_cents >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  cancelled_at timestamptz
);

CREATE INDEX bookings_account ON bookings (account_id);
CREATE INDEX bookings_event ON bookings (event_id);

CREATE TABLE booking_seats (
  booking_id int NOT NULL REFERENCES bookings (id) ON DELETE CASCADE,
  seat_id int NOT NULL REFERENCES seats (id),
  PRIMARY KEY (booking_id, seat_id)
);

CREATE INDEX booking_seats_seat ON booking_seats (seat_id);
