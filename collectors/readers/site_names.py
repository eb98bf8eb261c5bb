"""Which calls say something about debt of machine learning, as data: last parts of dotted names."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Of a list, apart by white space."""
    return frozenset(text.split())


ALWAYS_RANDOM = words(
    """
    train_test_split ShuffleSplit StratifiedShuffleSplit GroupShuffleSplit RepeatedKFold RepeatedStratifiedKFold
    RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor ExtraTreeClassifier
    ExtraTreeRegressor DecisionTreeClassifier DecisionTreeRegressor GradientBoostingClassifier
    GradientBoostingRegressor BaggingClassifier BaggingRegressor AdaBoostClassifier AdaBoostRegressor
    IsolationForest RandomTreesEmbedding KMeans MiniBatchKMeans BisectingKMeans GaussianMixture
    BayesianGaussianMixture MLPClassifier MLPRegressor SGDClassifier SGDRegressor Perceptron
    PassiveAggressiveClassifier PassiveAggressiveRegressor TSNE RandomizedSearchCV TruncatedSVD
    LatentDirichletAllocation BernoulliRBM
    """
)
"""Of scikit-learn: whoever leaves `random_state` away gets other numbers in each run.
Source: https://scikit-learn.org/stable/common_pitfalls.html#controlling-randomness and the classes' own pages."""

SHUFFLED = words("KFold StratifiedKFold StratifiedGroupKFold")
"""Of scikit-learn: random with `shuffle=True`."""

SOLVED = {"LogisticRegression": frozenset({"sag", "saga"}), "Ridge": frozenset({"sag", "saga"})}
"""Of scikit-learn: random with these values of `solver`."""

RESAMPLED = words(
    """
    SMOTE SMOTENC SMOTEN BorderlineSMOTE SVMSMOTE KMeansSMOTE ADASYN RandomOverSampler RandomUnderSampler SMOTEENN
    SMOTETomek
    """
)
"""Of imbalanced-learn: random without `random_state`."""

ENSEMBLES = words(
    """
    BaggingClassifier BaggingRegressor AdaBoostClassifier AdaBoostRegressor BalancedBaggingClassifier RUSBoostClassifier
    EasyEnsembleClassifier
    """
)
"""Those that seed the models that they are given.
Source: https://scikit-learn.org/stable/developers/develop.html (random_state of sub-estimators)"""

SEED_ARGUMENTS = words("random_state seed random_seed rng generator data_seed")

FITTED_ON_ROWS = words(
    """
    StandardScaler MinMaxScaler RobustScaler MaxAbsScaler PowerTransformer QuantileTransformer
    SimpleImputer KNNImputer IterativeImputer Imputer PCA TruncatedSVD KernelPCA NMF FastICA
    LinearDiscriminantAnalysis TfidfVectorizer CountVectorizer TfidfTransformer
    SelectKBest SelectPercentile SelectFromModel SelectFdr SelectFpr RFE RFECV VarianceThreshold KBinsDiscretizer
    TargetEncoder
    """
)
"""Steps whose result for one row depends on the other rows that they saw. Encoders of names into numbers are none."""

TUNED = words(
    """
    LogisticRegression Ridge RidgeClassifier Lasso ElasticNet SVC SVR LinearSVC LinearSVR NuSVC NuSVR OneClassSVM
    KNeighborsClassifier KNeighborsRegressor NearestNeighbors RadiusNeighborsClassifier RandomForestClassifier
    RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor DecisionTreeClassifier DecisionTreeRegressor
    GradientBoostingClassifier GradientBoostingRegressor HistGradientBoostingClassifier HistGradientBoostingRegressor
    AdaBoostClassifier AdaBoostRegressor MLPClassifier MLPRegressor SGDClassifier SGDRegressor KMeans MiniBatchKMeans
    DBSCAN AgglomerativeClustering IsolationForest KernelRidge XGBClassifier XGBRegressor LGBMClassifier LGBMRegressor
    CatBoostClassifier CatBoostRegressor
    """
)
"""Models whose result hangs on hyper-parameters that a project should choose."""

OPTIMISERS = words("SGD Adam AdamW RMSprop Adagrad Adadelta Adamax NAdam RAdam Nadam")

DRAWS = words(
    "rand randn randint randperm normal uniform choice shuffle permutation random bernoulli multinomial DataLoader"
)
"""Of numpy, PyTorch, TensorFlow and Python: numbers drawn from a global state."""

CURVES = words("precision_recall_curve roc_curve det_curve TunedThresholdClassifierCV FixedThresholdClassifier")
"""What a threshold is learnt from."""

SCORES = words(
    "predict_proba decision_function predict softmax sigmoid expit log_softmax cosine_similarity predict_log_proba"
)
"""Calls that give scores."""

HUB_CALLS = words(
    "load_dataset hf_hub_download snapshot_download fetch_openml SentenceTransformer CrossEncoder from_pretrained"
)
READS = words(
    """
    read_csv read_excel read_table read_json read_parquet read_feather read_fwf read_pickle read_hdf read_sql
    read_sql_query read_sql_table scan_csv scan_parquet load_dataset
    """
)
TYPING = words("astype convert_dtypes select_dtypes filter reindex set_axis validate")
"""Methods that name a table's columns or types after it was read; `validate` is a schema's."""
SHORTENED = words("head sample select take limit")

IMPORTING = words("import_module __import__ run_module import_string locate load_module find_spec")
"""Calls that are given the name of a module."""

FETCHES = words(
    """
    urlretrieve urlopen get_file load_state_dict_from_url download_url retrieve get download imread
    download_and_extract_archive cached_download
    """
)
"""Calls that may bring a file from an address."""

SETTINGS_CALLS = words(
    """
    initialize safe_load full_load loads load ConfigParser main compose store structured validate Validator
    Schema Core from_dict structure cli parse CLI LightningCLI parse_yaml_file model_validate parse_obj
    parse_file model_validate_json validate_python parse_json_file parse_config_file
    parse_config_files_and_bindings parse_config Dynaconf assertEqual assertListEqual assertSetEqual
    assertCountEqual expect_table_column_count_to_equal expect_table_columns_to_match_ordered_list
    expect_table_columns_to_match_set
    """
)
"""Calls that load settings, check them, or assert something of the features."""

WANTED = (
    ALWAYS_RANDOM
    | SHUFFLED
    | frozenset(SOLVED)
    | RESAMPLED
    | ENSEMBLES
    | FITTED_ON_ROWS
    | CURVES
    | HUB_CALLS
    | READS
    | TYPING
    | IMPORTING
    | TUNED
    | OPTIMISERS
    | DRAWS
    | FETCHES
    | SETTINGS_CALLS
    | words("load sample random_split fit execute_notebook ExecutePreprocessor NotebookClient")
)
"""Calls that are kept until the whole text is known."""
