import os
import xml.sax
import xml.sax.handler
from io import BytesIO

from flask import Flask, jsonify, request

app = Flask(__name__)


class Reader(xml.sax.handler.ContentHandler):
    def __init__(self):
        super().__init__()
        self.items = []
        self.text = ""

    def startElement(self, name, attrs):
        self.text = ""

    def characters(self, content):
        self.text += content

    def endElement(self, name):
        if self.text.strip():
            self.items.append({"name": name, "text": self.text.strip()})
        self.text = ""


def read(body):
    reader = Reader()
    parser = xml.sax.make_parser()
    parser.setFeature(xml.sax.handler.feature_external_ges, True)
    parser.setContentHandler(reader)
    parser.parse(BytesIO(body))
    return reader.items


@app.post("/manifests/import")
def import_manifest():
    try:
        return jsonify(items=read(request.get_data())), 201
    except (xml.sax.SAXException, OSError):
        return jsonify(error="not a manifest"), 400


@app.post("/notes")
def keep_note():
    return jsonify(text=request.get_data(as_text=True)), 201


@app.get("/health")
def health():
    return jsonify(status="ok")


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")), threaded=True)
