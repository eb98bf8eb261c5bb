from __future__ import annotations

import pytest

from collectors.facts.lineage import NodeKind
from collectors.lineage.apis import apis_of, normal
from tests.lineage_by_hand import rows, seen


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (("import pandas as pd\n"
         "pd.read_parquet(path='a.parquet').to_parquet('b.parquet')"), ["r a.parquet", "w b.parquet"]),
        ("from pandas import read_csv as rc\nrc('a.csv').head().to_json('b.json')", ["r a.csv", "w b.json"]),
        ("import polars as pl\npl.scan_csv('a.csv').collect().write_csv('b.csv')", ["r a.csv", "w b.csv"]),
        ("import dask.dataframe as dd\ndd.read_csv('a/*.csv').to_parquet('b')", ["r a/*.csv", "w b"]),
        (("from pyspark.sql import SparkSession\ns = SparkSession.builder.getOrCreate()\n"
         "s.read.parquet('a').write.mode('x').csv('b')"), ["r a", "w b"]),
        ("import numpy as np\nnp.save('b.npy', np.load('a.npy'))", ["r a.npy", "w b.npy"]),
        ("import joblib\njoblib.dump(joblib.load('a.pkl'), 'b.pkl')", ["r a.pkl", "w b.pkl"]),
        (("import pickle\nm = pickle.load(open('a.pkl', 'rb'))\n"
         "pickle.dump(m, open('b.pkl', 'wb'))"), ["r a.pkl", "w b.pkl"]),
        ("import torch\ntorch.save(torch.load('a.pt'), f='b.pt')", ["r a.pt", "w b.pt"]),
        ("import tensorflow as tf\ntf.keras.models.load_model('a.h5').save('b.h5')", ["r a.h5", "w b.h5"]),
        (("from tensorflow.keras.models import load_model\n"
         "load_model('a.h5').save_weights('b.h5')"), ["r a.h5", "w b.h5"]),
        ("import shutil\nshutil.copy('a.csv', 'b/a.csv')", ["r a.csv", "w b/a.csv"]),
        ("import os\nos.rename('a.csv', 'b.csv')", ["r a.csv", "w b.csv"]),
        ("import zipfile\nwith zipfile.ZipFile('a.zip') as z:\n    z.extractall('b')", ["r a.zip", "w b"]),
        ("import cv2\ncv2.imwrite('b.png', cv2.imread('a.png'))", ["r a.png", "w b.png"]),
        ("from PIL import Image\nImage.open('a.png').resize((1, 1)).save('b.png')", ["r a.png", "w b.png"]),
        (("import matplotlib.pyplot as plt\nplt.savefig('b.png')\nfig, ax = plt.subplots()\n"
         "fig.savefig('c.png')"), ["w b.png", "w c.png"]),
        ("from datasets import load_dataset\nload_dataset('imdb').save_to_disk('b')", ["r hf://imdb", "w b"]),
        (("from transformers import AutoModel\n"
         "AutoModel.from_pretrained('org/name').save_pretrained('b')"), ["r hf://org/name", "w b"]),
        (("import boto3\ns = boto3.client('s3')\n"
         "s.download_file('bucket', 'k/a.csv', 'a.csv')"), ["r s3://bucket/k/a.csv", "w a.csv"]),
        ("import boto3\nboto3.client('s3').upload_file(Filename='a.csv', Bucket='bucket', Key='a.csv')", ["r a.csv", "w s3://bucket/a.csv"]),
        ("import boto3\nboto3.client('s3').get_object(Bucket='bucket', Key='a.csv')", ["r s3://bucket/a.csv"]),
        ("import fsspec\nwith fsspec.open('s3://b/a.csv') as f:\n    f.read()", ["r s3://b/a.csv"]),
        (("import urllib.request\n"
         "urllib.request.urlretrieve('https://x.org/a.csv', 'a.csv')"), ["r https://x.org/a.csv", "w a.csv"]),
        (("import requests\nr = requests.get('https://x.org/api')\n"
         "open('b.json', 'w').write(r.text)"), ["r https://x.org/api", "w b.json"]),
        (("import mlflow\nmlflow.log_artifact('a.png')\n"
         "mlflow.pyfunc.load_model('models:/m/1')"), ["r a.png", "r models:/m/1"]),
        (("import pandas as pd, sqlite3\nc = sqlite3.connect('a.db')\n"
         "pd.read_sql('select * from t', c).to_sql('u', c)"), ["r a.db", "w a.db"]),
        (("import pandas as pd, sqlalchemy as sa\ne = sa.create_engine('postgresql://u:secret@h/d')\n"
         "pd.read_sql('select * from s.t join u on 1', e)"),
         ["r postgresql://***@h/d#s.t", "r postgresql://***@h/d#u"]),
        ("import sqlite3\nsqlite3.connect('a.db').cursor().execute('insert into t values (1)')", ["w a.db"]),
        (("import xgboost\nb = xgboost.Booster()\nb.load_model('a.json')\n"
         "b.save_model('b.json')"), ["r a.json", "w b.json"]),
        ("from sklearn.datasets import load_iris\nload_iris()", ["r sklearn://iris"]),
        ("import pandas as pd\nwith pd.ExcelWriter('b.xlsx') as w:\n    pd.DataFrame().to_excel(w)", ["w b.xlsx"]),
        ("import rapidjson\nwith open('a.json', 'w') as f:\n    rapidjson.dump({'a': 'b'}, f)", ["w a.json"]),
        ("import x\nx.thing.dump({'a': 'b'}, open('a.json', 'w'))", ["w a.json"]),
        ("import seaborn as sns\nsns.load_dataset('tips')", ["r seaborn://tips"]),
        ("from sklearn.datasets import fetch_openml\nfetch_openml('adult', version=2)", ["r openml://adult"]),
        ("import mlem\nmlem.api.save(1, 'm')\nmlem.api.load('n')", ["r n", "r n.mlem", "w m", "w m.mlem"]),
        (("from fastai.vision.all import *\nd = ImageDataLoaders.from_name_func(path='x', fnames=[])\n"
         "vision_learner(d).export(fname='l.pkl')"), ["r x", "w l.pkl"]),
        (("import csv\nwith open('a.csv') as f:\n    for row in csv.DictReader(f):\n"
         "        open(row['name'])"), ["r ?", "r a.csv"]),
    ],
)  # fmt: skip
def test_what_libraries_read_and_write(code, expected):
    found = seen(code)
    assert [row for row in found if row != "w ?"] == expected


def test_a_method_without_a_path_gives_a_text_and_is_no_access():
    assert seen("import pandas as pd\nx = pd.DataFrame()\nx.to_csv()\nx.to_json()\nx.save()") == []


def test_models_metrics_settings_and_services_are_told_apart():
    code = """
        import joblib, json, requests, yaml
        joblib.dump(1, "models/model.pkl")
        json.dump({}, open("reports/metrics.json", "w"))
        yaml.safe_load(open("params.yaml"))
        requests.get("https://x.org/api")
        open("data/a.csv")
    """
    kinds = {row.name: row.kind for row in rows(code)}
    assert kinds == {
        "models/model.pkl": NodeKind.MODEL,
        "reports/metrics.json": NodeKind.METRICS,
        "params.yaml": NodeKind.SETTINGS,
        "https://x.org/api": NodeKind.SERVICE,
        "data/a.csv": NodeKind.DATASET,
    }


def test_the_table_of_libraries_is_asked_by_the_whole_name_and_by_its_end():
    assert apis_of("pandas.read_csv")
    assert apis_of("some_frame().to_csv")
    assert apis_of("spark.read.format().load")
    assert not apis_of("read_csv")
    assert not apis_of("thing.load")
    assert normal("tensorflow.keras.models.load_model") == "keras.models.load_model"


def test_bytes_in_memory_are_no_data():
    code = (
        "import requests\nimport pandas as pd\nfrom io import BytesIO, StringIO\nfrom PIL import Image\n"
        "r = requests.get('https://x.org/a.png', stream=True)\nImage.open(BytesIO(r.content)).save('b.png')\n"
        "buffer = StringIO()\npd.read_csv('a.csv').to_csv(buffer)\n"
    )
    assert seen(code) == ["r a.csv", "r https://x.org/a.png", "w b.png"]


def test_what_is_not_given_has_no_name():
    maybe = "import pandas as pd\n\ndef f(k):\n    return 'a.csv' if k else None\n\npd.read_csv(f(x))\n"
    assert seen(maybe) == ["r a.csv"]
    (row,) = rows("open(None)\n")
    assert (row.name, row.why) == ("", "it is not given")


def test_pictures_and_tables_are_no_models_whatever_saves_them():
    (row,) = rows("from PIL import Image\nImage.new('RGB', (1, 1)).save('out/b.png')\n")
    assert row.kind is NodeKind.DATASET


def test_a_workbook_is_written_where_it_is_opened():
    code = "import pandas as pd\nwith pd.ExcelWriter('a.xlsx') as book:\n    frame.to_excel(book, 'one')\n"
    assert seen(code) == ["w a.xlsx"]


def test_a_cached_copy_is_what_it_is_a_copy_of():
    assert seen("from cached_path import cached_path\nopen(cached_path('https://example.org/a.csv'))\n") == [
        "r https://example.org/a.csv"
    ]


@pytest.mark.parametrize("name", ["tensorflow.gfile.Open", "tensorflow.io.gfile.GFile", "zenml.io.fileio.open"])
def test_openers_of_other_libraries(name: str):
    module, _, last = name.rpartition(".")
    assert seen(f"from {module} import {last} as opened\nopened('a.txt', 'w')\nopened('b.txt')\n") == [
        "r b.txt", "w a.txt",
    ]  # fmt: skip
