"""What is known of libraries: which call reads or writes data, and which argument names it.

A line: access, kind, place of the argument (from 0, "-" for none), its names, then the calls. Calls that begin with a
dot are methods, whatever they belong to; "read.csv" wants `read` before it. Libraries' documentation is the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from collectors.facts.lineage import Access, NodeKind


class Api(NamedTuple):
    access: Access
    kind: NodeKind
    place: int | None
    names: tuple[str, ...]
    is_hub: bool = False  # a name that is no path here is one of the Hugging Face hub
    is_weak: bool = False  # a common word: counted only where the argument's name is known


_FUNCTIONS = """
r dataset 0 filepath_or_buffer,path,io,path_or_buf,filepath,fname,source
  pandas.read_csv pandas.read_table pandas.read_excel pandas.read_parquet pandas.read_json pandas.read_feather
  pandas.read_hdf pandas.read_pickle pandas.read_orc pandas.read_stata pandas.read_sas pandas.read_spss pandas.read_fwf
  pandas.read_html pandas.read_xml pandas.ExcelFile pandas.HDFStore
  polars.read_csv polars.read_parquet polars.read_json polars.read_ndjson polars.read_excel polars.read_ipc
  polars.read_avro polars.read_delta polars.read_database_uri polars.scan_csv polars.scan_parquet polars.scan_ndjson
  polars.scan_ipc polars.scan_delta
  dask.dataframe.read_csv dask.dataframe.read_parquet dask.dataframe.read_json dask.dataframe.read_hdf
  dask.dataframe.read_orc dask.dataframe.read_table dask.bag.read_text dask.array.from_zarr
  modin.pandas.read_csv modin.pandas.read_parquet cudf.read_csv cudf.read_parquet vaex.open geopandas.read_file
  geopandas.read_parquet pyarrow.parquet.read_table pyarrow.csv.read_csv pyarrow.feather.read_table
  pyarrow.parquet.ParquetFile pyarrow.dataset.dataset awswrangler.s3.read_csv awswrangler.s3.read_parquet
  awswrangler.s3.read_json
r dataset 0 file,fname,filename
  numpy.load numpy.loadtxt numpy.genfromtxt numpy.fromfile numpy.memmap scipy.sparse.load_npz scipy.io.loadmat
  scipy.io.wavfile.read scipy.io.arff.loadarff zarr.open zarr.load xarray.open_dataset xarray.open_zarr
  xarray.open_mfdataset xarray.load_dataset netCDF4.Dataset rasterio.open nibabel.load pydicom.dcmread
  SimpleITK.ReadImage astropy.io.fits.open astropy.table.Table.read lmdb.open
r dataset 0 filename,filepath,path,fp,file,uri,name,im
  joblib.load cv2.imread cv2.VideoCapture imageio.imread imageio.v2.imread imageio.v3.imread imageio.get_reader
  imageio.mimread imageio.v2.mimread PIL.Image.open matplotlib.pyplot.imread matplotlib.image.imread
  skimage.io.imread skimage.io.imread_collection librosa.load soundfile.read torchaudio.load torchvision.io.read_image
  torchvision.io.read_video keras.utils.load_img keras.preprocessing.image.load_img tensorflow.io.read_file
  tensorflow.data.TFRecordDataset tensorflow.data.TextLineDataset tensorflow.io.gfile.copy tifffile.imread
  decord.VideoReader PyPDF2.PdfReader pypdf.PdfReader fitz.open docx.Document openpyxl.load_workbook
  pdfplumber.open json_lines.open jsonlines.open srsly.read_json srsly.read_jsonl xml.etree.ElementTree.parse
  lxml.etree.parse
  pickle5.load pandas.io.parsers.read_csv tensorflow.io.gfile.GFile_read
r dataset 0 root,directory,container_path,main_dir,train_dir,folder
  torchvision.datasets.ImageFolder torchvision.datasets.DatasetFolder torchvision.datasets.MNIST
  torchvision.datasets.FashionMNIST torchvision.datasets.CIFAR10 torchvision.datasets.CIFAR100
  torchvision.datasets.SVHN torchvision.datasets.ImageNet torchvision.datasets.CocoDetection
  torchvision.datasets.EMNIST torchvision.datasets.KMNIST
  keras.utils.image_dataset_from_directory keras.preprocessing.image_dataset_from_directory
  keras.utils.text_dataset_from_directory keras.preprocessing.text_dataset_from_directory
  tensorflow.keras.utils.audio_dataset_from_directory sklearn.datasets.load_files sklearn.datasets.load_svmlight_file
  llama_index.core.SimpleDirectoryReader langchain_community.document_loaders.DirectoryLoader
r dataset 0 file_path,path
  langchain_community.document_loaders.PyPDFLoader langchain_community.document_loaders.TextLoader
  langchain_community.document_loaders.CSVLoader langchain.document_loaders.PyPDFLoader
  langchain.document_loaders.DirectoryLoader langchain.document_loaders.CSVLoader
r dataset 0 path,dataset_name,name,dataset_path,repo_id
  datasets.load_from_disk
r model 0 f,filepath,path,filename,fname,model_file,model_path,file,model,path_or_bytes,export_dir
  torch.load torch.jit.load keras.models.load_model keras.saving.load_model tensorflow.saved_model.load
  tensorflow.lite.Interpreter tensorflow.keras.layers.TFSMLayer onnx.load onnxruntime.InferenceSession
  lightgbm.Booster fasttext.load_model faiss.read_index gensim.models.KeyedVectors.load
  gensim.models.KeyedVectors.load_word2vec_format gensim.models.Word2Vec.load gensim.models.Doc2Vec.load
  gensim.models.LdaModel.load gensim.corpora.Dictionary.load ultralytics.YOLO skops.io.load dill.load_file
  stable_baselines3.PPO.load stable_baselines3.DQN.load stable_baselines3.A2C.load cloudpickle.load_file
  tokenizers.Tokenizer.from_file fastai.learner.load_learner fastai.vision.all.load_learner
  fastai.text.all.load_learner fastai.basics.load_learner
  pytorch_lightning.LightningModule.load_from_checkpoint safetensors.torch.load_file
  sentencepiece.SentencePieceProcessor
  cv2.dnn.readNet cv2.CascadeClassifier pycaret.classification.load_model pycaret.regression.load_model
  skorch.NeuralNet.load_params
r model 0 model_uri
  mlflow.pyfunc.load_model mlflow.sklearn.load_model mlflow.pytorch.load_model mlflow.keras.load_model
  mlflow.tensorflow.load_model mlflow.xgboost.load_model mlflow.lightgbm.load_model mlflow.spark.load_model
  mlflow.transformers.load_model mlflow.catboost.load_model mlflow.onnx.load_model
rh model 0 pretrained_model_name_or_path,model_name_or_path,repo_id,name,model_name
  .from_pretrained sentence_transformers.SentenceTransformer sentence_transformers.CrossEncoder
  huggingface_hub.hf_hub_download huggingface_hub.snapshot_download langchain_huggingface.HuggingFaceEmbeddings
  langchain_community.embeddings.HuggingFaceEmbeddings timm.create_model_path
  open_clip.create_model_from_pretrained transformers.TFAutoModel.from_pretrained
rh model 1 model
  transformers.pipeline
w dataset 0 path_or_buf,path,excel_writer,fname,filename,file,uri,where,path_or_buffer,buf
  .to_csv .to_parquet .to_excel .to_feather .to_hdf .to_pickle .to_orc .to_stata .to_zarr .to_netcdf .to_delta
  .write_csv .write_parquet .write_ipc .write_ndjson .write_avro .write_delta .write_excel .sink_parquet .sink_csv
  .sink_ndjson
  .to_xml .tofile .to_file .save_to_disk .saveAsTextFile .write_videofile .save_as_text
w? dataset 0 path_or_buf,path,buf,file
  .to_json .to_html .to_latex .to_markdown .to_string .write_json .saveAsTable .export_graphviz .to_yaml .to_disk
w? metrics 0 fname,filename,file,path
  .savefig .write_html .write_image .save_html .to_image_file .save_json .figure_savefig
w metrics 0 fname,file,out_file,filename,to_file
  matplotlib.pyplot.savefig pylab.savefig keras.callbacks.CSVLogger
w metrics 1 to_file,filename,file,fname
  keras.utils.plot_model plotly.io.write_html plotly.offline.plot plotly.io.write_image
w dataset 0 file,fname,filename,uri,path,fp,excel_writer
  numpy.save numpy.savez numpy.savez_compressed numpy.savetxt scipy.sparse.save_npz scipy.io.savemat
  scipy.io.wavfile.write soundfile.write cv2.imwrite imageio.imwrite imageio.v2.imwrite imageio.v3.imwrite
  imageio.mimsave imageio.mimwrite imageio.v2.mimsave imageio.v2.mimwrite imageio.get_writer imageio.imsave
  cv2.VideoWriter matplotlib.pyplot.imsave skimage.io.imsave tifffile.imwrite tifffile.imsave torchaudio.save
  xlsxwriter.Workbook keras.utils.save_img keras.preprocessing.image.save_img
  tensorflow.io.write_file tensorflow.io.TFRecordWriter srsly.write_json srsly.write_jsonl
  joblib.Memory_file torchvision.io.write_file
w dataset 1 filename,fp,path,where,file,f,file_path
  joblib.dump torchvision.utils.save_image pyarrow.parquet.write_table pyarrow.csv.write_csv
  pyarrow.feather.write_feather dask.dataframe.to_parquet dask.dataframe.to_csv awswrangler.s3.to_parquet
  awswrangler.s3.to_csv sklearn.datasets.dump_svmlight_file_2 geopandas.to_file_1
w model 1 f,filepath,filename,path,export_dir,fname,file,saved_model_dir
  torch.save torch.jit.save keras.models.save_model keras.saving.save_model tensorflow.saved_model.save onnx.save
  faiss.write_index safetensors.torch.save_file skops.io.dump onnx.save_model
  pycaret.classification.save_model
w model 2 f
  torch.onnx.export
w model 1 path
  mlflow.pyfunc.save_model mlflow.sklearn.save_model mlflow.pytorch.save_model mlflow.keras.save_model
  mlflow.tensorflow.save_model mlflow.xgboost.save_model mlflow.lightgbm.save_model mlflow.transformers.save_model
  mlflow.catboost.save_model
w model 0 filepath,dirpath
  keras.callbacks.ModelCheckpoint pytorch_lightning.callbacks.ModelCheckpoint
  lightning.pytorch.callbacks.ModelCheckpoint
w? metrics 0 log_dir,save_dir
  keras.callbacks.TensorBoard torch.utils.tensorboard.SummaryWriter tensorboardX.SummaryWriter
  pytorch_lightning.loggers.CSVLogger pytorch_lightning.loggers.TensorBoardLogger lightning.pytorch.loggers.CSVLogger
w model 0 save_directory,path,filepath,fname,filename
  .save_pretrained .save_weights .save_checkpoint .save_word2vec_format .serialize_model .saveAsModel
w? model 0 output_dir,fname,filepath,path,filename,fp,file,model_path,output_model_path,to
  .save_model .save .dump_model .save_params .save_state .save_local .export_model .overwrite.save
w? dataset 0 file,fname,path
  .savez .dump
rh dataset 0 path
  datasets.load_dataset
r? model 0 fname,filepath,path,filename,model_file
  .load_model .load_weights .load_params .load_from_checkpoint .load_state .load_checkpoint .load_local
r dataset 0 directory
  .flow_from_directory .image_from_directory
r dataset 0 path,pathGlobFilter,paths
  read.csv read.parquet read.json read.orc read.text read.load read.format read.option.load read.table spark.table
  .textFile .wholeTextFiles .scan_parquet readStream.load readStream.parquet
w dataset 0 path,name
  write.csv write.parquet write.json write.orc write.text write.save write.saveAsTable write.insertInto
  writeStream.start
r dataset 0 local_path,local_dir
  mlflow.log_artifact mlflow.log_artifacts .log_artifact .log_artifacts .add_file .add_dir .use_artifact wandb.save
r dataset 0 path
  dvc.api.open dvc.api.read .get_file
r dataset 0 path,filename,source,image,file
  .upload_from_filename fastai.vision.all.get_image_files fastai.vision.all.ImageDataLoaders.from_folder
  fastai.tabular.all.TabularDataLoaders.from_csv fastai.vision.all.PILImage.create
w dataset 0 path,filename,destination,outfile_path
  .download_to_filename .generate_file
w? dataset 0 path,output_dir
  .extractall
r dataset 0 path
  tensorflow.data.experimental.load tensorflow.data.Dataset.load
w dataset 1 path
  tensorflow.data.experimental.save
r? dataset 0 path
  .from_label_func .from_name_func .from_path_func .from_name_re
w? model - fname
  .export
w dataset - path
  .competition_download_file .competition_download_files .dataset_download_file .dataset_download_files
r service 0 url,URL
  requests.get requests.post requests.put requests.head requests.patch httpx.get httpx.post urllib.request.urlopen
  urllib.request.Request urllib2.urlopen aiohttp.request requests.Session.get requests.session.get
  requests.Session().get requests.Session().post
"""

_PAIRS = """
0 src,source 1 dst,dest,destination
  shutil.copy shutil.copyfile shutil.copy2 shutil.copytree shutil.move os.rename os.replace os.renames
  distutils.dir_util.copy_tree distutils.file_util.copy_file tensorflow.io.gfile.copy
0 url,id,resource_uri 1 filename,out,output,path,fullpath
  urllib.request.urlretrieve urllib.urlretrieve wget.download gdown.download gdown.download_folder
  torch.hub.download_url_to_file gdown.cached_download
0 filename 1 extract_dir
  shutil.unpack_archive
2 root_dir 0 base_name
  shutil.make_archive
1 origin 0 fname
  keras.utils.get_file
0 dataset,dataset_slug 1 path
  .dataset_download_files .competition_download_files
"""
"""Calls that read one argument and write another."""

BUNDLED = (
    "sklearn.datasets.load_", "sklearn.datasets.fetch_", "keras.datasets.", "torchtext.datasets.", "vega_datasets.data",
    "statsmodels.api.datasets.", "ucimlrepo.fetch_ucirepo",
)  # fmt: skip
"""Beginnings of calls that load a data set which the library knows by itself."""

ALIASES = (
    ("tensorflow.keras.", "keras."), ("tensorflow.python.keras.", "keras."), ("tensorflow.compat.v1.", "tensorflow."),
    ("tensorflow.compat.v2.", "tensorflow."), ("tensorflow.gfile.", "tensorflow.io.gfile."),
    ("tensorflow.python.platform.gfile.", "tensorflow.io.gfile."),
    ("keras.api.", "keras."), ("cPickle.", "pickle."), ("cloudpickle.", "pickle."), ("dill.", "pickle."),
    ("sklearn.externals.joblib.", "joblib."), ("six.moves.urllib.request.", "urllib.request."),
    ("modin.pandas.", "pandas."), ("pandas.io.json.", "pandas."), ("lightning.", "pytorch_lightning."),
    ("fastai.vision.learner.", "fastai.learner."),
    ("google.colab.", "colab."), ("transformers.pipelines.", "transformers."), ("PIL.Image.Image.", "PIL.Image."),
)  # fmt: skip


@lru_cache(maxsize=16384)
def normal(name: str) -> str:
    """One name for what libraries have under several."""
    for start, instead in ALIASES:
        if name.startswith(start):
            return instead + name[len(start) :]
    return name


def _table(text: str) -> Iterator[tuple[str, Api]]:
    api = None
    for line in text.strip().split("\n"):
        if not line.startswith(" "):
            access, kind, place, names = line.split(" ")
            api = Api(
                Access.READ if access[0] == "r" else Access.WRITE,
                NodeKind(kind),
                None if place == "-" else int(place),
                tuple(names.split(",")),
                "h" in access,
                "?" in access,
            )
        elif api is not None:
            yield from ((call, api) for call in line.split())


def _pairs(text: str) -> Iterator[tuple[str, tuple[Api, Api]]]:
    apis = None
    for line in text.strip().split("\n"):
        if not line.startswith(" "):
            read, read_names, write, write_names = line.split(" ")
            apis = (
                Api(Access.READ, NodeKind.DATASET, int(read), tuple(read_names.split(","))),
                Api(Access.WRITE, NodeKind.DATASET, int(write), tuple(write_names.split(","))),
            )
        elif apis is not None:
            yield from ((call, apis) for call in line.split())


_FOUND: Mapping[str, tuple[Api, ...]] = {
    **{call: (api,) for call, api in _table(_FUNCTIONS)},
    **dict(_pairs(_PAIRS)),
}


_WORDS = {"read", "write", "readStream", "writeStream", "spark", "overwrite"}


@lru_cache(maxsize=16384)
def apis_of(name: str) -> tuple[Api, ...]:
    """What a call does with data, by its dotted name: whole, or its last one or two parts."""
    if found := _FOUND.get(name):
        return found
    before, _, last = name.rpartition(".")
    if before and not name.startswith("kedro."):  # its catalog takes names of data, which its settings explain
        if found := _FOUND.get("." + last):
            return found
        parts = [part.partition("(")[0] for part in before.split(".")]
        for word in reversed(parts):  # spark.read.csv().write.parquet: the nearest counts
            if word in _WORDS and (found := _FOUND.get(f"{word}.{last}")):
                return found
    return ()
