# One image for web, worker and clock. Nothing runs with / as its folder: `media` is an app of ours
# and /media exists on most machines.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONPATH=/srv/herbarium:/srv/herbarium/site
WORKDIR /srv/herbarium

# What lays out sheets of labels as PDF, with a font that has all of Vietnamese.
RUN apt-get update && apt-get install -y --no-install-recommends \
        libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core \
    && rm -rf /var/lib/apt/lists/*

COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt

COPY . .
RUN pybabel compile --directory site/herbarium/locale --domain django \
    && SECRET_KEY=build BASE_URL=http://localhost DATABASE_URL=sqlite:///:memory: \
       python site/manage.py collectstatic --noinput \
    && useradd --system herbarium && mkdir -p /srv/var && chown -R herbarium /srv/var

USER herbarium
VOLUME /srv/var
CMD ["gunicorn", "herbarium.wsgi", "--bind=0.0.0.0:8000", "--workers=4", "--threads=4"]
