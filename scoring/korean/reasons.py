"""Why there is no number, by the English reason, where `{}` stands for each number in it, in its order.

Each is a sentence without its full stop, as the English is a clause.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_NUMBER = re.compile(r"\d[\d,]*")

REASONS: Mapping[str, str] = MappingProxyType(
    {
        # what was not looked at
        "only a person can say": "사람만 답할 수 있습니다",
        "it was not collected": "수집하지 않았습니다",
        "who reads and writes data is followed for the newest commit alone": (
            "누가 데이터를 읽고 쓰는지는 최신 커밋에서만 따라갑니다"
        ),
        "the ages of lines are looked at for the newest commit alone": "줄의 나이는 최신 커밋에서만 봅니다",
        "the tracker is looked at for the newest commit alone": "이슈 트래커는 최신 커밋에서만 봅니다",
        "git does not remember which branches there were then": "git은 그때 어떤 브랜치가 있었는지 기억하지 않습니다",
        "no tracker was asked: scan with --tracker, and a token in GITHUB_TOKEN": (
            "이슈 트래커에 묻지 않았습니다. GITHUB_TOKEN에 토큰을 두고 --tracker로 스캔하세요"
        ),
        "no tracker was asked: give a token with GITHUB_TOKEN or MLDEBT_GITHUB_TOKEN": (
            "이슈 트래커에 묻지 않았습니다. GITHUB_TOKEN이나 MLDEBT_GITHUB_TOKEN에 토큰을 두세요"
        ),
        "nobody knows where the repository's tracker is: scan its https address, or a clone with an origin": (
            "저장소의 이슈 트래커가 어디인지 알 수 없습니다. https 주소나 origin이 있는 클론을 스캔하세요"
        ),
        "the tracker was read in part: scan again with --tracker, which goes on": (
            "이슈 트래커를 일부만 읽었습니다. --tracker로 다시 스캔하면 이어서 읽습니다"
        ),
        "the repository is younger than {} days: wait for a second look": (
            "저장소가 생긴 지 {}일이 되지 않았습니다. 다음 스캔을 기다리세요"
        ),
        "the team does not want numbers about people shown (people: off in its mldebt.yml)": (
            "팀이 사람에 대한 수치를 보이지 않기로 했습니다(mldebt.yml의 people: off)"
        ),
        # what of the repository is not here
        "the repository has no commits: make the first one": "저장소에 커밋이 없습니다. 첫 커밋을 만드세요",
        "HEAD names a branch that has no commits: check out the branch that is meant": (
            "HEAD가 커밋 없는 브랜치를 가리킵니다. 보려는 브랜치를 체크아웃하세요"
        ),
        "HEAD has no commit to compare branches with: check out the default branch": (
            "HEAD에 브랜치와 비교할 커밋이 없습니다. 기본 브랜치를 체크아웃하세요"
        ),
        "the clone is shallow, so history cannot be seen: run git fetch --unshallow": (
            "얕은 클론이어서 이력을 볼 수 없습니다. git fetch --unshallow를 실행하세요"
        ),
        "the clone is shallow, so branches cannot be compared: run git fetch --unshallow": (
            "얕은 클론이어서 브랜치를 비교할 수 없습니다. git fetch --unshallow를 실행하세요"
        ),
        "the clone is partial, so the lines of earlier versions cannot be seen: clone it without --filter": (
            "부분 클론이어서 이전 버전의 줄을 볼 수 없습니다. --filter 없이 클론하세요"
        ),
        "the clone is partial, so committed metrics cannot be compared: clone it without --filter": (
            "부분 클론이어서 커밋된 지표를 비교할 수 없습니다. --filter 없이 클론하세요"
        ),
        "lines are not counted in a partial clone: clone it whole, without --filter": (
            "부분 클론에서는 줄 수를 세지 않습니다. --filter 없이 전부 클론하세요"
        ),
        "lines of this clone are not counted: clone it without --filter": (
            "이 클론의 줄 수는 세지 않습니다. --filter 없이 클론하세요"
        ),
        "commits or folders are missing, so the history of lines cannot be seen: clone the repository again": (
            "없는 커밋이나 폴더가 있어 줄의 이력을 볼 수 없습니다. 저장소를 다시 클론하세요"
        ),
        "commits are missing, so history cannot be seen as a whole: run git fsck, or clone it again": (
            "없는 커밋이 있어 이력 전체를 볼 수 없습니다. git fsck를 실행하거나 다시 클론하세요"
        ),
        "commits of the default branch are missing: look at the repository with git fsck": (
            "기본 브랜치에 없는 커밋이 있습니다. git fsck로 저장소를 살펴보세요"
        ),
        "folders of too many commits are missing, so their files cannot be seen: clone it again, whole": (
            "너무 많은 커밋에서 폴더가 없어 파일을 볼 수 없습니다. 전부 다시 클론하세요"
        ),
        "files or folders of earlier commits are missing: clone it again, whole": (
            "이전 커밋의 파일이나 폴더가 없습니다. 전부 다시 클론하세요"
        ),
        "the contents of files are missing: clone it again, whole, without --filter": (
            "파일의 내용이 없습니다. --filter 없이 전부 다시 클론하세요"
        ),
        "changes of committed metrics cannot be read: clone the repository again": (
            "커밋된 지표의 변경을 읽을 수 없습니다. 저장소를 다시 클론하세요"
        ),
        "the clone was made to fetch some branches alone: run git remote set-branches origin '*', then git fetch": (
            "일부 브랜치만 가져오는 클론입니다. git remote set-branches origin '*'를 실행한 뒤 git fetch를 실행하세요"
        ),
        "no refs of pull requests were fetched, or none is open: fetch refs/pull, or scan with --tracker": (
            "풀 리퀘스트의 ref를 가져오지 않았거나 열린 것이 없습니다. refs/pull을 가져오거나 --tracker로 스캔하세요"
        ),
        "there is no other branch; a clone of one branch alone looks the same": (
            "다른 브랜치가 없습니다. 브랜치 하나만 클론해도 이렇게 보입니다"
        ),
        "no topic branch is alive or was squashed in the last {} days: fetch all branches": (
            "최근 {}일 동안 살아 있거나 스쿼시된 토픽 브랜치가 없습니다. 모든 브랜치를 가져오세요"
        ),
        "there are too few branches for a median ({}): all are listed": (
            "중앙값을 내기에는 브랜치가 너무 적어({}개) 모두 나열합니다"
        ),
        # people and requests
        "there are too few people to show: a group is shown from five people on": (
            "보이기에는 사람이 너무 적습니다. 다섯 명부터 묶어서 보여 줍니다"
        ),
        "nobody committed in the last {} days": "최근 {}일 동안 아무도 커밋하지 않았습니다",
        "nobody opened a change request": "아무도 변경 요청을 열지 않았습니다",
        "nobody opened a change request in the last {} days": "최근 {}일 동안 아무도 변경 요청을 열지 않았습니다",
        "no change request of a person was merged in the last {} days": (
            "최근 {}일 동안 사람이 올린 변경 요청이 병합되지 않았습니다"
        ),
        "no change request of the last {} days was reviewed at its host": (
            "최근 {}일의 변경 요청 가운데 호스트에서 리뷰한 것이 없습니다"
        ),
        "no files of change requests were read yet: scan again": (
            "변경 요청의 파일을 아직 읽지 않았습니다. 다시 스캔하세요"
        ),
        "no replies to change requests were read yet: scan again": (
            "변경 요청에 대한 답을 아직 읽지 않았습니다. 다시 스캔하세요"
        ),
        "no reviews of change requests were read yet: scan again": (
            "변경 요청의 리뷰를 아직 읽지 않았습니다. 다시 스캔하세요"
        ),
        "no comments of change requests were read yet: scan again": (
            "변경 요청의 댓글을 아직 읽지 않았습니다. 다시 스캔하세요"
        ),
        "older change requests were not read yet, so nobody knows who is new: scan again": (
            "오래된 변경 요청을 아직 읽지 않아 누가 새로 왔는지 알 수 없습니다. 다시 스캔하세요"
        ),
        "no issue has a label that says debt: give those that are debt one, such as tech-debt": (
            "부채라는 라벨이 붙은 이슈가 없습니다. 부채인 이슈에 tech-debt 같은 라벨을 붙이세요"
        ),
        "there are too few requests for a median ({})": "중앙값을 내기에는 변경 요청이 너무 적습니다({}건)",
        "there are too few reviews for a median ({})": "중앙값을 내기에는 리뷰가 너무 적습니다({}건)",
        "too few change requests touched models, features or settings in a year for a share ({})": (
            "비율을 내기에는 1년 동안 모델, 피처, 설정을 고친 변경 요청이 너무 적습니다({}건)"
        ),
        "too few change requests touched settings in a year for a share ({})": (
            "비율을 내기에는 1년 동안 설정을 고친 변경 요청이 너무 적습니다({}건)"
        ),
        "approvals are not in git: a person has to answer": "승인은 git에 남지 않으므로 사람이 답해야 합니다",
        "no merge commit came in during the last {} days; squashed work shows with its branches, while they exist": (
            "최근 {}일 동안 병합 커밋이 없습니다. 스쿼시한 작업은 브랜치가 남아 있는 동안 브랜치로 보입니다"
        ),
        "there are too few merges for a median ({}): all are listed": (
            "중앙값을 내기에는 병합이 너무 적어({}건) 모두 나열합니다"
        ),
        "research and production code were not both changed in the last {} days": (
            "최근 {}일 동안 연구 코드와 운영 코드가 모두 바뀌지는 않았습니다"
        ),
        # changes
        "no metrics are committed: they may be tracked elsewhere": (
            "커밋된 지표가 없습니다. 다른 곳에서 추적할 수도 있습니다"
        ),
        "no change both added lines and wrote committed metrics": "줄을 늘리면서 커밋된 지표도 남긴 변경이 없습니다",
        "no change moved committed metrics whose name says what is better": (
            "어느 쪽이 좋은지 이름으로 알 수 있는 커밋된 지표를 움직인 변경이 없습니다"
        ),
        "too few changes moved committed metrics for a share ({})": (
            "비율을 내기에는 커밋된 지표를 움직인 변경이 너무 적습니다({}건)"
        ),
        "too few changes of models or features in a year for a share ({})": (
            "비율을 내기에는 1년 동안 모델이나 피처의 변경이 너무 적습니다({}건)"
        ),
        "too few measured changes added lines for a share ({})": (
            "비율을 내기에는 줄을 늘린 측정된 변경이 너무 적습니다({}건)"
        ),
        "no code or configuration file changed five times in the last {} days": (
            "최근 {}일 동안 다섯 번 바뀐 코드 파일이나 설정 파일이 없습니다"
        ),
        "too few files changed often for a share ({}): all are listed": (
            "비율을 내기에는 자주 바뀐 파일이 너무 적어({}개) 모두 나열합니다"
        ),
        "fewer than {} commits changed code or settings in the last {} days": (
            "최근 {1}일 동안 코드나 설정을 바꾼 커밋이 {0}개보다 적습니다"
        ),
        "no commit of the last {} days changed a file in a general-purpose language: there is nothing to count": (
            "최근 {}일의 커밋 가운데 범용 언어의 파일을 바꾼 것이 없어 셀 것이 없습니다"
        ),
        "there are too few commits in {} days for a share ({}): those in a language are listed": (
            "비율을 내기에는 {}일 동안의 커밋이 너무 적어({}개) 언어가 있는 것만 나열합니다"
        ),
        "no framework or model class appeared for the first time in the history looked at: look further back": (
            "살펴본 이력에서 처음 나타난 프레임워크나 모델 클래스가 없습니다. 더 오래된 이력까지 보세요"
        ),
        "there are too few events for a median ({}): all are listed": (
            "중앙값을 내기에는 사건이 너무 적어({}건) 모두 나열합니다"
        ),
        "there are too few changes of several commits for a median ({}): all are listed": (
            "중앙값을 내기에는 여러 커밋으로 이루어진 변경이 너무 적어({}건) 모두 나열합니다"
        ),
        "each came as one commit ({}), which does not show when the work began: merge without squashing to see it": (
            "모두 커밋 하나로 들어와({}건) 작업이 언제 시작됐는지 보이지 않습니다. 스쿼시 없이 병합하면 보입니다"
        ),
        "the history does not show when the documents changed: fetch the whole history": (
            "문서가 언제 바뀌었는지 이력에 보이지 않습니다. 전체 이력을 가져오세요"
        ),
        "the history shows no author for most source files: fetch the whole history": (
            "소스 파일 대부분의 작성자가 이력에 보이지 않습니다. 전체 이력을 가져오세요"
        ),
        # code
        "there is no Python code that could be read": "읽을 수 있는 Python 코드가 없습니다",
        "there are no Python modules": "Python 모듈이 없습니다",
        "there are no source files": "소스 파일이 없습니다",
        "there are too few source files ({})": "소스 파일이 너무 적습니다({}개)",
        "there are no files whose comments could be read": "주석을 읽을 수 있는 파일이 없습니다",
        "no comment that could be read admits debt": "읽은 주석 가운데 부채를 인정한 것이 없습니다",
        "there is no line of code, tests or configuration": "코드도 테스트도 설정도 한 줄 없습니다",
        "there is no line of program code to compare with": "비교할 프로그램 코드가 한 줄도 없습니다",
        "there is no Python module, and no file that starts anything": (
            "Python 모듈도 없고, 무엇을 시작하는 파일도 없습니다"
        ),
        "there is no program code: neither notebooks nor files in a general-purpose language": (
            "노트북도 범용 언어의 파일도 없어 프로그램 코드가 없습니다"
        ),
        "there are too few code files for a share ({}): notebooks among them are listed": (
            "비율을 내기에는 코드 파일이 너무 적어({}개) 그중 노트북만 나열합니다"
        ),
        "no line of code was read: there is no file in a language that linguist knows": (
            "linguist가 아는 언어의 파일이 없어 읽은 코드가 없습니다"
        ),
        "more than half of the lines besides tests fit no box of the figure: imports of known packages or telling "
        "folder names would place them": (
            "테스트를 뺀 줄의 절반 넘게 그림의 어느 칸에도 들지 않습니다. "
            "알려진 패키지의 임포트나 뜻이 드러나는 폴더 이름이 있으면 알 수 있습니다"
        ),
        "there are fewer than {} Python modules with code": "코드가 있는 Python 모듈이 {}개보다 적습니다",
        "fewer than {} functions of the Python code are long enough to compare": (
            "비교할 만큼 긴 Python 함수가 {}개보다 적습니다"
        ),
        "no function of serving code in Python is long enough to compare": "비교할 만큼 긴 Python 서빙 함수가 없습니다",
        "no function of training code in Python is long enough to compare": (
            "비교할 만큼 긴 Python 학습 함수가 없습니다"
        ),
        "fewer than {} classes of the Python code train or predict": (
            "학습하거나 예측하는 Python 클래스가 {}개보다 적습니다"
        ),
        "fewer than {} files of Python code, besides adapters, touch ML": (
            "어댑터를 빼면 ML을 다루는 Python 파일이 {}개보다 적습니다"
        ),
        "fewer than {} parameters and results of public functions stand in ML and serving code": (
            "ML 코드와 서빙 코드에 공개 함수의 매개변수와 결과가 {}개보다 적습니다"
        ),
        "no known ML package is imported in the Python code": "Python 코드가 임포트하는 알려진 ML 패키지가 없습니다",
        "no code that learns, predicts or makes features was seen": (
            "학습하거나 예측하거나 피처를 만드는 코드가 보이지 않습니다"
        ),
        "no call is known to draw random numbers in the Python code": (
            "Python 코드에 난수를 쓰는 알려진 호출이 없습니다"
        ),
        "there are too few calls for a share ({}): all are listed": (
            "비율을 내기에는 호출이 너무 적어({}개) 모두 나열합니다"
        ),
        "no known model or optimizer is given a hyperparameter in the Python code": (
            "Python 코드에서 하이퍼파라미터를 받는 알려진 모델이나 최적화기가 없습니다"
        ),
        "no model or optimiser of a known library is built with all its arguments in sight": (
            "인자가 모두 보이게 만들어지는 알려진 라이브러리의 모델이나 최적화기가 없습니다"
        ),
        "no rows are split by train_test_split in the Python code": (
            "Python 코드에 train_test_split으로 행을 분할하는 곳이 없습니다"
        ),
        "no score is compared with a threshold in the Python code": (
            "Python 코드에 점수를 임계값과 비교하는 곳이 없습니다"
        ),
        "no table is read with pandas' functions for text and Excel in the Python code": (
            "Python 코드에 텍스트나 Excel용 pandas 함수로 테이블을 읽는 곳이 없습니다"
        ),
        "no notebook has two cells or more that bear an execution count": (
            "실행 번호가 있는 셀이 두 개 이상인 노트북이 없습니다"
        ),
        "no code of a service here was seen to compute features under a name": (
            "이름을 붙여 피처를 계산하는 서비스 코드가 보이지 않습니다"
        ),
        "no Python code here was seen to compute columns of a table under whole names": (
            "온전한 이름으로 테이블의 열을 계산하는 Python 코드가 보이지 않습니다"
        ),
        "no file names a container image that is built on or run": (
            "빌드하거나 실행할 컨테이너 이미지를 밝힌 파일이 없습니다"
        ),
        "fewer than three container images are named": "이름이 나오는 컨테이너 이미지가 셋보다 적습니다",
        "no file lists the packages that are needed": "필요한 패키지를 나열한 파일이 없습니다",
        "fewer than three packages are asked for": "요구하는 패키지가 셋보다 적습니다",
        # settings and documents
        "no settings file of the system was found": "시스템의 설정 파일을 찾지 못했습니다",
        "no file of settings was found": "설정 파일을 찾지 못했습니다",
        "fewer than three settings files were found": "찾은 설정 파일이 셋보다 적습니다",
        "fewer than three settings files stand for themselves": "홀로 온전한 설정 파일이 셋보다 적습니다",
        "fewer than three settings files have a sibling to compare with": (
            "비교할 형제가 있는 설정 파일이 셋보다 적습니다"
        ),
        "of fewer than three settings files the loader can be told": (
            "불러오는 코드를 알 수 있는 설정 파일이 셋보다 적습니다"
        ),
        "there are fewer than three settings of which it can be told who reads them": (
            "누가 읽는지 알 수 있는 설정이 셋보다 적습니다"
        ),
        "code that lies where other projects' code lies is imported, and was not read": (
            "다른 프로젝트의 코드가 있는 자리의 코드를 임포트하는데, 그 코드는 읽지 않았습니다"
        ),
        "there are no settings files in YAML or JSON that could be read": (
            "읽을 수 있는 YAML이나 JSON 설정 파일이 없습니다"
        ),
        "no Python code was seen that loads settings": "설정을 불러오는 Python 코드가 보이지 않습니다",
        "the Python code reads no setting from the environment": "Python 코드가 환경 변수에서 읽는 설정이 없습니다",
        "the command line of this code can turn on any setting": "이 코드의 명령줄은 어떤 설정이든 켤 수 있습니다",
        "no condition asks for a setting that is true or false": "참이나 거짓인 설정을 묻는 조건이 없습니다",
        "no README or CONTRIBUTING at the root shows a command for setting up: write down how to get started": (
            "루트의 README나 CONTRIBUTING에 설치 명령이 없습니다. 시작하는 방법을 적어 두세요"
        ),
        "no README, CONTRIBUTING or INSTALL was found: write down how to get started": (
            "README, CONTRIBUTING, INSTALL을 찾지 못했습니다. 시작하는 방법을 적어 두세요"
        ),
        "no command in a README, CONTRIBUTING or INSTALL starts code of this tree": (
            "README, CONTRIBUTING, INSTALL의 명령 가운데 이 저장소의 코드를 시작하는 것이 없습니다"
        ),
        "no dependency or set-up file was found, such as pyproject.toml or a Dockerfile": (
            "pyproject.toml이나 Dockerfile 같은 의존성 파일이나 설치 파일을 찾지 못했습니다"
        ),
        "no code of models or features, and no settings, were found": "모델이나 피처의 코드도 설정도 찾지 못했습니다",
        # data
        "no data is read by a known function in the Python code": (
            "Python 코드에 알려진 함수로 데이터를 읽는 곳이 없습니다"
        ),
        "nothing is loaded from a hub by a name in the Python code": (
            "Python 코드에 이름으로 허브에서 받는 것이 없습니다"
        ),
        "there are too few loads from a hub for a share ({}): all are listed": (
            "비율을 내기에는 허브에서 받는 곳이 너무 적어({}곳) 모두 나열합니다"
        ),
        "no input from outside the repository was seen": "저장소 밖에서 오는 입력이 보이지 않습니다",
        "fewer than three places were seen that take an input from outside, tables aside": (
            "테이블을 빼면 밖에서 입력을 가져오는 곳이 셋보다 적습니다"
        ),
        "no file of DVC pins data here": "데이터를 고정하는 DVC 파일이 없습니다",
        "no SQL here reads a table under its schema and name": "스키마와 이름으로 테이블을 읽는 SQL이 없습니다",
        "no stage here declares what it reads": "읽는 것을 선언하는 단계가 없습니다",
        "no stage here declares what it writes": "쓰는 것을 선언하는 단계가 없습니다",
        "no stage here was seen to run a script by its path": "경로로 스크립트를 실행하는 단계가 보이지 않습니다",
        "the code of no stage that declares dependencies was seen to read or write data": (
            "의존 데이터를 선언한 단계 가운데 데이터를 읽거나 쓰는 코드가 보이는 것이 없습니다"
        ),
        "in the code of no stage that declares dependencies do all reads and writes tell which data they mean": (
            "의존 데이터를 선언한 단계 가운데 모든 읽기와 쓰기가 어떤 데이터인지 알 수 있는 것이 없습니다"
        ),
        "no job was seen to train: data in, a model out, both known by name": (
            "이름을 아는 데이터를 받아 이름을 아는 모델을 내놓는 학습 작업이 보이지 않습니다"
        ),
        "no job here was seen to train a model": "모델을 학습하는 작업이 보이지 않습니다",
        "no job was seen to evaluate a model that another job here trains": (
            "다른 작업이 학습한 모델을 평가하는 작업이 보이지 않습니다"
        ),
        "of no evaluation is all data known by name, or it divides the rows itself": (
            "모든 데이터의 이름을 아는 평가가 없거나, 평가가 행을 스스로 나눕니다"
        ),
        "no job here that tests data was seen to name which": (
            "데이터를 테스트하는 작업 가운데 어떤 데이터인지 밝히는 것이 보이지 않습니다"
        ),
        "no job here reads or writes data that is known by name": "이름을 아는 데이터를 읽거나 쓰는 작업이 없습니다",
        "no file or table that a job writes is known by name": (
            "작업이 쓰는 파일이나 테이블 가운데 이름을 아는 것이 없습니다"
        ),
        "no data that one job writes and another reads is known by name": (
            "한 작업이 쓰고 다른 작업이 읽는 데이터 가운데 이름을 아는 것이 없습니다"
        ),
        "no pipeline, job or command here was seen to start code that reads or writes data": (
            "데이터를 읽거나 쓰는 코드를 시작하는 파이프라인, 작업, 명령이 보이지 않습니다"
        ),
        "nothing that is written is known by name: no model, no output": (
            "쓰는 것 가운데 이름을 아는 모델이나 출력이 없습니다"
        ),
        "fewer than three places in the code read or write data by a known call": (
            "알려진 호출로 데이터를 읽거나 쓰는 곳이 셋보다 적습니다"
        ),
        "fewer than three models and outputs are known by name, too few for a share": (
            "이름을 아는 모델과 출력이 셋보다 적어 비율을 낼 수 없습니다"
        ),
        "fewer than three jobs and data sets changed in {} days, too few for a median": (
            "{}일 동안 바뀐 작업과 데이터가 셋보다 적어 중앙값을 낼 수 없습니다"
        ),
        "no place in the code reads or writes data by a known call": "알려진 호출로 데이터를 읽거나 쓰는 곳이 없습니다",
        "no place in the code reads or writes data by a known call; only declarations of pipelines tell of data": (
            "알려진 호출로 데이터를 읽거나 쓰는 곳이 없고, 파이프라인의 선언만 데이터를 알려 줍니다"
        ),
        **{
            f"most of its reads and writes ({{}} of {{}} {places}) {does}: which data that is, is their callers' "
            "business": (
                f"읽기와 쓰기의 대부분(전체 {{1}}곳 가운데 {{0}}곳)이 {korean}. "
                "어떤 데이터인지는 호출하는 쪽에 달려 있습니다"
            )
            for places in ("place", "places")
            for does, korean in (
                ("take what callers of public functions hand over", "공개 함수를 호출하는 쪽이 넘기는 것을 받습니다"),
                ("stand in functions that nothing here starts", "아무것도 시작하지 않는 함수에 있습니다"),
                (
                    "take what callers of public functions hand over or stand in functions that nothing here starts",
                    "공개 함수를 호출하는 쪽이 넘기는 것을 받거나, 아무것도 시작하지 않는 함수에 있습니다",
                ),
            )
        },
        "only {} place reads or writes data, too few for a share": (
            "데이터를 읽거나 쓰는 곳이 {}곳뿐이어서 비율을 낼 수 없습니다"
        ),
        "only {} places read or write data, too few for a share": (
            "데이터를 읽거나 쓰는 곳이 {}곳뿐이어서 비율을 낼 수 없습니다"
        ),
        "only {} of {} places that read or write data tell which data": (
            "데이터를 읽거나 쓰는 {1}곳 가운데 {0}곳만 어떤 데이터인지 알 수 있습니다"
        ),
        "{} of {} places where stages read do not tell which data": (
            "단계가 읽는 {1}곳 가운데 {0}곳은 어떤 데이터인지 알 수 없습니다"
        ),
        "{} of {} places that read do not tell which data": "읽는 {1}곳 가운데 {0}곳은 어떤 데이터인지 알 수 없습니다",
        "{} file of code, which may read any, could not be read": (
            "무엇이든 읽을 수 있는 코드 파일 {}개를 읽지 못했습니다"
        ),
        "{} files of code, which may read any, could not be read": (
            "무엇이든 읽을 수 있는 코드 파일 {}개를 읽지 못했습니다"
        ),
        # why there are no letters
        "no signal here has a calibrated scale yet": "보정된 척도가 있는 신호가 아직 없습니다",
        "its size is not known, so there is nothing to compare it with": "크기를 알 수 없어 비교할 것이 없습니다",
        "fewer than {} commits: too small to compare": "커밋이 {}개보다 적어 비교하기에는 너무 작습니다",
        "most of its ML code is in notebooks, as in a course or a study: there is no system to compare": (
            "강의나 연구처럼 ML 코드 대부분이 노트북에 있어 비교할 시스템이 없습니다"
        ),
        "fewer than {} files of ML code: there is no ML system to compare": (
            "ML 코드 파일이 {}개보다 적어 비교할 ML 시스템이 없습니다"
        ),
    }
)

_LIBRARY = r"it looks like a library, which must not pin its packages "
_PINS = "패키지 버전을 고정하면 안 되는 라이브러리로 보입니다"
NAMED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), korean)
    for pattern, korean in (
        (rf"{_LIBRARY}\((\S+) names it, (\S+) publishes it\)", f"{_PINS}({{}}에 이름이 있고, {{}}에서 배포)"),
        (
            rf"{_LIBRARY}\((\S+) names it, and no file declares stages or a program to start\)",
            f"{_PINS}({{}}에 이름이 있고, 단계나 시작할 프로그램의 선언이 없음)",
        ),
        (r"the signal itself failed \((\w+)\): please report it", "신호 자체가 실패했습니다({}). 알려 주세요"),
        (r"on (.+) no signal was proven to point the right way", "올바른 방향임이 증명된 신호가 없습니다(기준: {})"),
    )
)
"""Reasons that hold names. The names stand in brackets or before a noun of ours, so that no particle follows them."""


@lru_cache(maxsize=2_000)
def reason_in_korean(english: str) -> str | None:
    """None where it has no Korean: then it stays English as a whole."""
    korean = REASONS.get(_NUMBER.sub("{}", english))
    if korean is not None:
        return korean.format(*_NUMBER.findall(english))
    for pattern, told in NAMED:
        if found := pattern.fullmatch(english):
            return told.format(*found.groups())
    return None
