import os
import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)
DATABASE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "boats.db")


def database():
    connection = sqlite3.connect(DATABASE)
    connection.row_factory = sqlite3.Row
    return connection


with database() as db:
    db.execute("CREATE TABLE IF NOT EXISTS boats (id INTEGER PRIMARY KEY, name TEXT UNIQUE, tons INTEGER)")
    db.execute(
        "INSERT OR IGNORE INTO boats (id, name, tons) VALUES (1, 'Marigold', 12), (2, 'Petrel', 40), (3, 'Swift', 7)"
    )


@app.get("/boats")
def list_boats():
    return jsonify([dict(row) for row in database().execute("SELECT id, name, tons FROM boats LIMIT 50")])


@app.get("/boats/<name>")
def show_boat(name):
    row = database().execute(f"SELECT id, name, tons FROM boats WHERE name = '{name}'").fetchone()
    return (jsonify(dict(row)), 200) if row else (jsonify(error="no such boat"), 404)


@app.get("/search")
def search():
    term = request.args.get("term", "")
    rows = database().execute("SELECT id, name FROM boats WHERE name LIKE ? LIMIT 50", [f"%{term}%"]).fetchall()
    return jsonify([dict(row) for row in rows])


@app.errorhandler(sqlite3.Error)
def failed(_error):
    return jsonify(error="internal"), 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")), threaded=True)
