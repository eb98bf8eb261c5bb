"""Which dotted names are models."""

import pytest

from collectors.readers.models import canonical, is_model_base, is_step_base, model_in


@pytest.mark.parametrize(
    ("dotted", "model"),
    [
        ("sklearn.ensemble.RandomForestClassifier", "sklearn.ensemble.RandomForestClassifier"),
        ("sklearn.svm.SVC.fit", "sklearn.svm.SVC"),
        ("sklearn.preprocessing.StandardScaler", None),
        ("sklearn.model_selection.GridSearchCV", None),
        ("sklearn.tree.export_text", None),
        ("sklearn.neighbors.KDTree", None),
        ("sklearn.gaussian_process.kernels.RBF", None),
        ("sklearn.gaussian_process.GaussianProcessRegressor", "sklearn.gaussian_process.GaussianProcessRegressor"),
        ("xgboost.DMatrix", None),
        ("xgboost.XGBRegressor", "xgboost.XGBRegressor"),
        ("catboost.CatBoostClassifier", "catboost.CatBoostClassifier"),
        ("torchvision.models.resnet50", "torchvision.models.resnet50"),
        ("torchvision.models.ResNet50_Weights", None),
        (
            "torchvision.models.detection.fasterrcnn_resnet50_fpn",
            "torchvision.models.detection.fasterrcnn_resnet50_fpn",
        ),
        ("tensorflow.keras.applications.vgg16.VGG16", "keras.applications.vgg16.VGG16"),
        ("tensorflow.keras.layers.Dense", None),
        ("transformers.BertForMaskedLM.from_pretrained", "transformers.BertForMaskedLM"),
        ("transformers.TrainingArguments", None),
        ("torch.nn.Linear", None),
        ("openai.OpenAI", "openai.OpenAI"),
        ("timm.create_model", "timm.create_model"),
        ("prophet.Prophet", "prophet.Prophet"),
        ("lifelines.CoxPHFitter", "lifelines.CoxPHFitter"),
        ("pandas.DataFrame", None),
        ("sklearn", None),
        ("", None),
    ],
)
def test_models(dotted: str, model: str | None) -> None:
    assert model_in(dotted) == model


@pytest.mark.parametrize(
    ("dotted", "expected"),
    [
        ("torch.nn.Module", True),
        ("tensorflow.keras.Model", True),
        ("keras.models.Model", True),
        ("lightning.pytorch.LightningModule", True),
        ("flax.linen.Module", True),
        ("sklearn.base.ClassifierMixin", True),
        ("xgboost.XGBClassifier", True),
        ("torch.nn.Dropout", False),
        ("torch.utils.data.Dataset", False),
        ("object", False),
    ],
)
def test_bases_that_make_a_model(dotted: str, expected: bool) -> None:
    assert is_model_base(dotted) is expected


def test_steps_are_no_models() -> None:
    assert is_step_base("sklearn.base.TransformerMixin")
    assert not is_step_base("sklearn.base.ClassifierMixin")


def test_keras_has_one_name() -> None:
    assert canonical("tensorflow.keras.models.Sequential") == canonical("keras.Sequential") == "keras.Sequential"
